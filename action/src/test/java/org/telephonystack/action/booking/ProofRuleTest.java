package org.telephonystack.action.booking;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.telephonystack.action.booking.AppointmentRequest.Proof;
import org.telephonystack.action.booking.AppointmentStore.Known;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

class ProofRuleTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Booking THREE =
            new Booking("7", Instant.parse("2026-11-24T20:00:00Z"), "general");

    @ParameterizedTest
    @CsvSource({
        "García López, María Garcia-Lopez, true",
        "García López, GARCÍA LÓPEZ, true",
        "García López, López, false",
        "Lee, Ann Lee, true",
        "Lee, Maria, false",
        "Lee, Leeds, false",
        "Lee, '', false",
        "'', Maria, false",
        "'.', '.', false",
    })
    void theLastNameIsAProofAndTheFirstNameIsNone(String stored, String said, boolean proven) {
        assertThat(isProven(known(stored, false, 0), said, null)).isEqualTo(proven);
    }

    /// What callers say when they are asked for their last name, and what somebody says who does not know it.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Lopez | my name is Maria Lopez | true",
                "Lopez | Lopez, Maria | true",
                "Lopez | It's Mrs. Lopez. | true",
                "Lopez | my last name is Lopez, L-O-P-E-Z | true",
                "Lopez | Maria López García | true",
                "Lopez | me llamo María López, señora López | true",
                "Cruz | mi apellido es de la Cruz | true",
                "de la Cruz | María de la Cruz | true",
                "García López | soy María José García López | true",
                "Smith | Dr. John F. Smith | true",
                "Smith | Robert James Smith | true",
                "Garcia | John Smith Johnson Brown Jones Garcia | false",
                "Garcia | Smith Johnson Brown Garcia | false",
                "García López | Smith Johnson García Brown López | false",
                "Do | my name is John Smith | false",
                "Van | the last name is van der la | false",
                "Van | Van | true",
            })
    void aListOfNamesIsNoName(String stored, String said, boolean proven) {
        assertThat(isProven(known(stored, false, 0), said, null)).isEqualTo(proven);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T15:00, true",
        "2026-11-24T20:00:00Z, true",
        "2026-11-24T15:30, false",
        "2026-11-24, false",
        "tomorrow, false"
    })
    void theMinuteIsAProofAndTheDayIsNone(String said, boolean proven) {
        assertThat(isProven(known("Lee", false, 0), null, said)).isEqualTo(proven);
    }

    @Test
    void whoeverFailedFiveTimesIsNotHeardAnyMore() {
        assertThat(isProven(known("Lee", false, 4), "Lee", null)).isTrue();
        assertThat(isProven(known("Lee", false, 5), "Lee", null)).isFalse();
        assertThat(isProven(known("Lee", false, 5), null, "2026-11-24T15:00")).isFalse();
    }

    @Test
    void theNetworksWordIsEnough() {
        assertThat(isProven(known("Lee", true, 9), null, null)).isTrue();
        assertThat(isProven(known("Lee", false, 0), null, null)).isFalse();
    }

    private static Known known(String lastName, boolean attested, int failedProofs) {
        return new Known(List.of(THREE), Optional.of(lastName), attested, failedProofs);
    }

    private static boolean isProven(Known known, @Nullable String name, @Nullable String time) {
        return ProofRule.isProven(
                known, new Proof(Optional.ofNullable(name), Optional.ofNullable(time)), NEW_YORK);
    }
}
