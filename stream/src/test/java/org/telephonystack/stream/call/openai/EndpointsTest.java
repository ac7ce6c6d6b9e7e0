package org.telephonystack.stream.call.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.stream.call.ModelEvent.Trouble;
import org.telephonystack.stream.call.openai.Endpoints.Chosen;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;

class EndpointsTest {

    private final List<String> seen = new ArrayList<>();
    private final HandCircuit first = new HandCircuit();
    private final HandCircuit second = new HandCircuit();
    private final HandCircuit third = new HandCircuit();
    private long nanos;
    private final Endpoints endpoints =
            new Endpoints(
                    List.of(
                            endpoint("openai", first),
                            endpoint("openai_second", second),
                            endpoint("azure", third)));

    /// A circuit breaker in the hands of a test.
    private static final class HandCircuit implements Circuit {

        boolean open;
        final List<String> outcomes = new ArrayList<>();

        @Override
        public boolean admits(CompletionStage<?> outcome) {
            if (open) {
                return false;
            }
            outcome.whenComplete((_, failure) ->
                    outcomes.add(
                            switch (failure) {
                                case null -> "worked";
                                case CancellationException _ -> "says nothing";
                                default -> "failed";
                            }));
            return true;
        }
    }

    @Test
    void theFirstThatIsWellServes() {
        assertThat(name(endpoints.choose(0, Optional.empty()))).isEqualTo("openai");

        first.open = true;

        assertThat(name(endpoints.choose(0, Optional.empty()))).isEqualTo("openai_second");
    }

    @Test
    void afterEachFailureOfACallTheNextIsTriedAndThenRoundAgain() {
        assertThat(name(endpoints.choose(1, Optional.of("openai")))).isEqualTo("openai_second");
        assertThat(name(endpoints.choose(2, Optional.of("openai_second")))).isEqualTo("azure");
        assertThat(name(endpoints.choose(3, Optional.of("azure")))).isEqualTo("openai");
    }

    /// A key that was refused just now takes itself out of the order; the next one must not lose its turn by that.
    @Test
    void afterARefusalTheNextIsTriedAndNotTheOneAfterIt() {
        Chosen refused = endpoints.choose(0, Optional.empty());
        refused.watch().lost(Trouble.LASTING, "http_401");

        assertThat(name(endpoints.choose(1, Optional.of("openai")))).isEqualTo("openai_second");
    }

    @Test
    void whereTheFirstIsLeftAloneTheSecondIsNotTriedTwiceInARow() {
        endpoints.choose(0, Optional.empty()).watch().lost(Trouble.LASTING, "http_401");
        assertThat(name(endpoints.choose(0, Optional.empty()))).isEqualTo("openai_second");

        assertThat(name(endpoints.choose(1, Optional.of("openai_second")))).isEqualTo("azure");
        assertThat(name(endpoints.choose(2, Optional.of("azure")))).isEqualTo("openai_second");
    }

    @Test
    void whereAllCircuitsAreOpenOneIsTriedAllTheSame() {
        first.open = true;
        second.open = true;
        third.open = true;

        assertThat(name(endpoints.choose(0, Optional.empty()))).isEqualTo("openai");
        assertThat(endpoints.chooseForNextCall()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http_401", "http_403", "http_404", "insufficient_quota"})
    void whatWillNotPassByItselfLatchesTheEndpointForAWhile(String detail) {
        endpoints.choose(0, Optional.empty()).watch().lost(Trouble.LASTING, detail);

        assertThat(name(endpoints.choose(0, Optional.empty()))).isEqualTo("openai_second");
        assertThat(endpoints.isLatched("openai")).isTrue();
        assertThat(seen).contains("latched openai " + detail);

        nanos += Duration.ofMinutes(5).toNanos() + 1;

        assertThat(name(endpoints.choose(0, Optional.empty()))).isEqualTo("openai");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http_429", "http_503", "close_1006", "connect_timeout"})
    void whatMayPassIsCountedByTheCircuitAlone(String detail) {
        endpoints.choose(0, Optional.empty()).watch().lost(Trouble.PASSING, detail);

        assertThat(first.outcomes).containsExactly("failed");
        assertThat(name(endpoints.choose(0, Optional.empty()))).isEqualTo("openai");
    }

    /// A brief that is refused says something of the brief.
    @Test
    void aRefusedBriefLatchesNothing() {
        endpoints
                .choose(0, Optional.empty())
                .watch()
                .lost(Trouble.LASTING, "refused_invalid_value");

        assertThat(first.outcomes).containsExactly("failed");
        assertThat(endpoints.isLatched("openai")).isFalse();
    }

    @Test
    void whereAllAreLatchedTheOneWhoseLatchEndsFirstIsTried() {
        endpoints.choose(0, Optional.empty()).watch().lost(Trouble.LASTING, "http_401");
        nanos += Duration.ofMinutes(1).toNanos();
        endpoints.choose(0, Optional.empty()).watch().lost(Trouble.LASTING, "http_401");
        endpoints.choose(0, Optional.empty()).watch().lost(Trouble.LASTING, "http_401");

        assertThat(name(endpoints.choose(0, Optional.empty()))).isEqualTo("openai");
        assertThat(name(endpoints.choose(2, Optional.of("openai")))).isEqualTo("openai");
    }

    @Test
    void aConnectionThatServedAndBrokeCountsAgainstItsEndpoint() {
        ConnectionWatch watch = endpoints.choose(0, Optional.empty()).watch();
        watch.ready();
        watch.lost(Trouble.PASSING, "close_1006");

        assertThat(first.outcomes).containsExactly("worked", "failed");
        assertThat(seen).containsExactly("CALL openai true");
    }

    @Test
    void aSessionThatReachedItsEndDoesNot() {
        ConnectionWatch watch = endpoints.choose(0, Optional.empty()).watch();
        watch.ready();
        watch.lost(Trouble.PASSING, "session_expired");

        assertThat(first.outcomes).containsExactly("worked");
    }

    @Test
    void aCallerWhoHangsUpEarlySaysNothingOfTheEndpointButOneWhoWaitedLongDoes() {
        endpoints.choose(0, Optional.empty()).watch().closed();
        ConnectionWatch slow = endpoints.choose(1, Optional.of("openai")).watch();
        nanos += Duration.ofSeconds(3).toNanos();
        slow.closed();

        assertThat(first.outcomes).containsExactly("says nothing");
        assertThat(second.outcomes).containsExactly("failed");
        assertThat(seen).containsExactly("CALL_AGAIN openai_second false");
    }

    @Test
    void aPurseThatIsEmptyInTheMiddleOfACallLatchesToo() {
        ConnectionWatch watch = endpoints.choose(0, Optional.empty()).watch();
        watch.ready();
        watch.refused("insufficient_quota");

        assertThat(name(endpoints.choose(0, Optional.empty()))).isEqualTo("openai_second");
    }

    private Endpoint endpoint(String name, Circuit circuit) {
        var settings =
                RealtimeSettings.defaults(
                        RealtimeEndpoint.openAi(
                                name,
                                URI.create("http://localhost"),
                                "sk-test",
                                "gpt-realtime-2.1"),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(5));
        return new Endpoint(settings, circuit, Duration.ofMinutes(5), events(), () -> nanos);
    }

    private EndpointEvents events() {
        return new EndpointEvents() {
            @Override
            public void connected(String endpoint, For what, boolean isReady) {
                seen.add(what + " " + endpoint + " " + isReady);
            }

            @Override
            public void latched(String endpoint, String code, Duration length) {
                seen.add("latched " + endpoint + " " + code);
            }

            @Override
            public void wanted(boolean isWarm) {}
        };
    }

    private static String name(Chosen chosen) {
        return chosen.endpoint().name();
    }
}
