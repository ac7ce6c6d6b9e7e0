package org.telephonystack.action.wiring;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.specification.RequestSpecification;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// With `masked`, the default, no number, no name and no word of anybody stands in a log line, whichever way it came in. The
/// same requests also show that too long bodies are refused on every way in.
@ActionTest
class NothingPersonalInLogsTest {

    private static final String CALL = "CA90000000000000000000000000000001";
    private static final String CALLER = "+14155559017";
    private static final List<String> PERSONAL =
            List.of("4155559017", "Zebedee", "Quillfeather", "wooden leg", "CallToken-Value");

    @Inject TestDatabase database;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    lines.add(
                            line.getLoggerName()
                                    + " "
                                    + line.getMessage()
                                    + " "
                                    + java.util.Arrays.toString(line.getParameters())
                                    + " "
                                    + line.getThrown());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger("").removeHandler(handler);
        database.execute("delete from messages where caller = $1", CALLER);
        database.execute("delete from tickets where subject like '%wooden leg%'");
        database.execute("delete from tool_calls where call_sid = $1", CALL);
        database.execute("delete from clients where phone = $1", CALLER);
    }

    @Test
    void neitherNumbersNorNamesNorWordsAreInAnyLine() {
        internal()
                .body(Map.of("callSid", CALL, "from", CALLER, "to", TwilioStub.OUR_NUMBER))
                .post("/internal/calls")
                .then()
                .statusCode(202);
        database.execute(
                "insert into clients (phone, first_name, last_name) values ($1, 'Zebedee', 'Quillfeather')",
                CALLER);
        tool("take_message", Map.of("message", "Zebedee has a wooden leg"));
        tool("create_ticket", Map.of("subject", "the wooden leg"));
        tool("list_tickets", Map.of("name", "Zebedee Quillfeather"));
        tool("list_bookings", Map.of("name", "Quillfeather of +14155559017"));
        tool("create_booking", Map.of("time", "Zebedee", "service", "wooden leg"));
        tool("wooden leg", Map.of());
        SignedForm.post(
                        "/voice-action",
                        Map.of(
                                "MessageSid",
                                "SM0901",
                                "From",
                                CALLER,
                                "To",
                                TwilioStub.OUR_NUMBER,
                                "Body",
                                "my wooden leg, STOP"))
                .then()
                .statusCode(204);
        SignedForm.post(
                        "/voice-action",
                        Map.of(
                                "CallSid", CALL,
                                "CallStatus", "failed",
                                "Direction", "inbound",
                                "From", CALLER,
                                "CallerName", "Quillfeather",
                                "CallToken", "CallToken-Value"))
                .then()
                .statusCode(200);
        internal()
                .body(Map.of("to", CALLER, "body", "your wooden leg"))
                .post("/send-sms")
                .then()
                .statusCode(200);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> lines.stream().anyMatch(line -> line.contains("Recovery]")));

        assertThat(lines).anyMatch(line -> line.contains("Tool: take_message"));
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(PERSONAL).noneMatch(personal -> line.contains(personal)));
    }

    @Test
    void tooLongBodiesAreRefusedOnEveryWayIn() {
        String long65 = "{\"x\":\"" + "a".repeat(65 * 1024) + "\"}";
        for (String path :
                List.of(
                        "/voice-action",
                        "/send-sms",
                        "/internal/calls",
                        "/internal/after-stream")) {
            internal().body(long65).post(path).then().statusCode(413);
        }
        given().contentType("application/x-www-form-urlencoded")
                .body("Body=" + "a".repeat(65 * 1024))
                .post("/voice-action")
                .then()
                .statusCode(413);
    }

    private static void tool(String action, Map<String, String> params) {
        internal()
                .body(
                        Map.of(
                                "action", action,
                                "params", params,
                                "callSid", CALL,
                                "toolCallId", "t" + action.hashCode()))
                .post("/voice-action")
                .then()
                .statusCode(200);
    }

    private static RequestSpecification internal() {
        return given().contentType("application/json")
                .header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET);
    }
}
