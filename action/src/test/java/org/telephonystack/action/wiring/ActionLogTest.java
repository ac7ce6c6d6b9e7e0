package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.recovery.OutboxText;
import org.telephonystack.action.sms.DeliveryStatus;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PersonalData;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The lines operators grep for, to the letter.
class ActionLogTest {

    private static final String SID = "CA0123456789abcdef0123456789abcdef";
    private static final String IDS =
            " | Trace: 0123456789abcdef0123456789abcdef | CallSid: " + SID;
    private static final String NUMBER = "+12345677890";

    private final List<String> lines = new ArrayList<>();
    private final Logger logger = Logger.getLogger("org.telephonystack.action");
    private final Handler keeper =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    lines.add(line.getMessage());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        logger.addHandler(keeper);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(keeper);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initiated",
                "queued",
                "ringing",
                "in-progress",
                "completed",
                "failed",
                "busy",
                "no-answer",
                "canceled"
            })
    void everyStatusIsLogged(String status) {
        new ActionLog(PersonalData.FULL)
                .news(
                        new CallEvent(
                                CallEvent.Kind.CALL_STATUS,
                                "key",
                                Optional.of(new CallSid(SID)),
                                Optional.of(status),
                                Map.of()));

        assertThat(lines).containsExactly("[Action] 📊 Status Update | Status: " + status + IDS);
    }

    @Test
    void aLostCallIsLoggedInFullWhereThatIsSet() {
        new ActionLog(PersonalData.FULL).lost(facts());

        assertThat(lines)
                .containsExactly(
                        "[Recovery] ⚠️ Call failed for +12345677890. Initiating SMS recovery..."
                                + IDS);
    }

    @Test
    void aLostCallIsLoggedMaskedElsewhere() {
        new ActionLog(PersonalData.MASKED).lost(facts());

        assertThat(lines)
                .containsExactly(
                        "[Recovery] ⚠️ Call failed for +1******7890. Initiating SMS recovery..."
                                + IDS);
    }

    @Test
    void aTextThatWasSentIsLogged() {
        new ActionLog(PersonalData.MASKED).textSent(text(), "SM1", false);

        assertThat(lines)
                .containsExactly(
                        "[Recovery] ✅ SMS sent | To: +1******7890 | MessageSid: SM1" + IDS);
    }

    @Test
    void aTextThatWasRefusedIsLoggedWithItsCode() {
        new ActionLog(PersonalData.MASKED).textFailed(text(), "21614");

        assertThat(lines)
                .containsExactly("[Recovery] ❌ SMS failed | Code: 21614 | To: +1******7890" + IDS);
    }

    @Test
    void aTextThatWasNotDeliveredIsLoggedWithItsCode() {
        new ActionLog(PersonalData.MASKED)
                .delivery(new DeliveryStatus("SM1", "undelivered", Optional.of(30003)), NUMBER);

        assertThat(lines)
                .containsExactly(
                        "[Recovery] ❌ SMS failed | Code: 30003 | Delivery: undelivered | To: +1******7890 | MessageSid: SM1");
    }

    private static CallFacts facts() {
        return new CallFacts(
                new CallSid(SID),
                Optional.of(NUMBER),
                Optional.empty(),
                true,
                Instant.EPOCH,
                Optional.empty(),
                CallFacts.Stream.NONE,
                Optional.empty(),
                Optional.empty(),
                CallFacts.Person.NOT_CALLED,
                CallFacts.Message.NOT_HEARD_OF,
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH);
    }

    private static OutboxText text() {
        return new OutboxText(
                UUID.randomUUID(),
                Optional.of(new CallSid(SID)),
                NUMBER,
                "body",
                1,
                false,
                false,
                false,
                Optional.empty(),
                Instant.EPOCH,
                Set.of());
    }
}
