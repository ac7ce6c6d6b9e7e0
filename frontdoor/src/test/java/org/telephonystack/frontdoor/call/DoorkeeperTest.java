package org.telephonystack.frontdoor.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.call.Admission;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

class DoorkeeperTest {

    private static final PhoneNumber CALLER = new PhoneNumber("+14155550199");

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final Doorkeeper doorkeeper = new Doorkeeper(() -> now, Duration.ofSeconds(6));

    @Test
    void whereNothingIsKnownThereIsRoom() {
        assertThat(ring()).isEmpty();
    }

    @Test
    void callsThatWereLetInSinceTheNewsTakePlaces() {
        doorkeeper.learn(free(2));

        assertThat(ring()).isEmpty();
        assertThat(ring()).isEmpty();
        assertThat(ring()).contains(TurnAway.FULL);

        now = now.plusSeconds(2);
        doorkeeper.learn(free(1));
        assertThat(ring()).isEmpty();
        assertThat(ring()).contains(TurnAway.FULL);
    }

    @Test
    void newsThatCannotHoldACallYetDoesNotFreeItsPlace() {
        doorkeeper.learn(free(1));
        assertThat(ring()).isEmpty();

        now = now.plusMillis(1_900);
        doorkeeper.learn(free(1));

        assertThat(ring()).contains(TurnAway.FULL);
        assertThat(doorkeeper.freePlaces()).contains(0);
    }

    @Test
    void aCallThatTheNewsHoldsIsNotCountedTwice() {
        doorkeeper.learn(free(3));
        assertThat(ring()).isEmpty();
        assertThat(ring()).isEmpty();

        now = now.plusMillis(1_000);
        doorkeeper.learn(free(2));

        assertThat(doorkeeper.freePlaces()).contains(1);
        assertThat(ring()).isEmpty();
        assertThat(ring()).contains(TurnAway.FULL);
    }

    @Test
    void oldNewsOfAFullHouseMeansRoom() {
        doorkeeper.learn(free(0));
        now = now.plusSeconds(5);
        assertThat(ring()).contains(TurnAway.FULL);

        now = now.plusSeconds(2);

        assertThat(ring()).isEmpty();
        assertThat(doorkeeper.human()).isEmpty();
    }

    @Test
    void aBlockedCallerStaysBlockedHoweverOldTheNewsIs() {
        doorkeeper.learn(
                new Admission(Optional.empty(), false, Set.of(), Set.of(CALLER), Optional.empty()));

        now = now.plusSeconds(3600);

        assertThat(ring()).contains(TurnAway.BLOCKED);
        assertThat(doorkeeper.turnAway(call("anonymous"))).isEmpty();
    }

    @Test
    void aLimitHoldsForTheCallerOrForAll() {
        doorkeeper.learn(
                new Admission(Optional.empty(), false, Set.of(CALLER), Set.of(), Optional.empty()));
        assertThat(ring()).contains(TurnAway.AT_LIMIT);
        assertThat(doorkeeper.turnAway(call("+14155550111"))).isEmpty();

        doorkeeper.learn(
                new Admission(Optional.empty(), true, Set.of(), Set.of(), Optional.empty()));
        assertThat(doorkeeper.turnAway(call("+14155550111"))).contains(TurnAway.AT_LIMIT);
    }

    @Test
    void aLimitOfYesterdayTurnsNobodyAwayToday() {
        doorkeeper.learn(
                new Admission(Optional.empty(), true, Set.of(CALLER), Set.of(), Optional.empty()));

        now = now.plusSeconds(7);

        assertThat(ring()).isEmpty();
    }

    private Optional<TurnAway> ring() {
        return doorkeeper.turnAway(call(CALLER.e164()));
    }

    private static Admission free(int places) {
        return new Admission(Optional.of(places), false, Set.of(), Set.of(), Optional.empty());
    }

    private static InboundCall call(String from) {
        return new InboundCall(
                new CallSid("CA00000000000000000000000000000001"),
                from,
                "+18005550123",
                "ringing",
                Optional.empty(),
                Optional.empty());
    }
}
