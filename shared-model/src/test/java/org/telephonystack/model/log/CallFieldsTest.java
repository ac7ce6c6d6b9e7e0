package org.telephonystack.model.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

class CallFieldsTest {

    private static final String SID = "CA0123456789abcdef0123456789ABCDEF";

    private final CallFields fields =
            new CallFields(
                    new Formatter() {
                        @Override
                        public String format(LogRecord line) {
                            return "{\"message\":\"" + line.getMessage() + "\"}\n";
                        }
                    });

    @Test
    void aLineThatNamesACallGetsItsTraceAndSidAndStaysAsItIs() {
        assertThat(format("[Stream] 📴 Call Ended | Trace: x | CallSid: " + SID + " | End: hangup"))
                .isEqualTo(
                        "{\"traceId\":\"0123456789abcdef0123456789abcdef\",\"callSid\":\""
                                + SID
                                + "\",\"message\":\"[Stream] 📴 Call Ended | Trace: x | CallSid: "
                                + SID
                                + " | End: hangup\"}\n");
    }

    @Test
    void aLineWithoutACallStaysAsItIs() {
        for (String line :
                new String[] {
                    "Installed features", "CallSid: none", "CallSid: CA12", "CallSid: " + SID + "0"
                }) {
            assertThat(format(line)).isEqualTo("{\"message\":\"" + line + "\"}\n");
        }
    }

    private String format(String message) {
        return fields.format(new LogRecord(Level.INFO, message));
    }
}
