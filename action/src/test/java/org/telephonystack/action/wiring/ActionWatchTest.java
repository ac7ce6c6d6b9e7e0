package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.action.recovery.OutboxText;
import org.telephonystack.action.recovery.otel.CallSpans;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PersonalData;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What operators are woken by: texts that fail for a reason of theirs, and no other.
class ActionWatchTest {

    private static final Optional<OutboxText.Loss> LOST =
            Optional.of(new OutboxText.Loss(CallOutcome.OUR_FAULT, Optional.empty()));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ActionWatch watch =
            new ActionWatch(
                    new ActionLog(PersonalData.MASKED),
                    new ActionMeters(registry),
                    new CallSpans(OpenTelemetry.noop().getTracer("test"), 0));

    @ParameterizedTest
    @ValueSource(strings = {"operator", "expired", "unknown", "remember", "drop"})
    void whyATextFailedIsCountedAndStandsAtZeroBefore(String reason) {
        assertThat(texts("failed", reason)).isZero();

        watch.onTextFailed(text(LOST), reason, Optional.empty());

        assertThat(texts("failed", reason)).isEqualTo(1);
    }

    @Test
    void aLandlineIsNobodysToMend() {
        watch.onTextFailed(text(LOST), "remember", Optional.of(21614));

        assertThat(texts("failed", "remember")).isEqualTo(1);
        assertThat(texts("failed", "operator")).isZero();
        assertThat(registry.get("telephony.sms.errors").tag("code", "21614").counter().count())
                .isEqualTo(1);
    }

    @Test
    void whoSaidStopMeanwhileIsSkipped() {
        watch.onTextNotNeeded(text(LOST), "opted_out");

        assertThat(texts("skipped", "opted_out")).isEqualTo(1);
        assertThat(registry.find("telephony.recovery.texts").tag("state", "failed").counters())
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
        assertThat(registry.find("telephony.sms.errors").counters()).isEmpty();
    }

    @Test
    void aTextThatACallerAskedForIsNoneToALostCaller() {
        watch.onTextSent(text(Optional.empty()), "SM1", false);
        watch.onTextFailed(text(Optional.empty()), "operator", Optional.of(21606));

        assertThat(texts("sent", "none")).isZero();
        assertThat(texts("failed", "operator")).isZero();
        assertThat(links("sent", "none")).isEqualTo(1);
        assertThat(links("failed", "operator")).isEqualTo(1);
    }

    private double texts(String state, String reason) {
        return counted("telephony.recovery.texts", state, reason);
    }

    private double links(String state, String reason) {
        return counted("telephony.booking.link.texts", state, reason);
    }

    private double counted(String name, String state, String reason) {
        Counter counter = registry.get(name).tag("state", state).tag("reason", reason).counter();
        return counter.count();
    }

    private static OutboxText text(Optional<OutboxText.Loss> loss) {
        return new OutboxText(
                UUID.randomUUID(),
                Optional.of(new CallSid("CA00000000000000000000000000000001")),
                "+14155550199",
                "body",
                1,
                false,
                false,
                false,
                loss,
                Instant.EPOCH,
                Set.of());
    }
}
