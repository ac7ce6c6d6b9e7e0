package org.telephonystack.action.recovery;

import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;

import jakarta.inject.Singleton;

import org.telephonystack.action.wiring.TestDatabase;
import org.telephonystack.action.wiring.TwilioStub;

/// Texts in the service's outbox, and what becomes of them.
@Singleton
class Texts {

    static final String BODY = "Sorry we got cut off!";

    private final TestDatabase database;
    private final OutboxPump service;

    Texts(TestDatabase database, OutboxPump service) {
        this.database = database;
        this.service = service;
    }

    /// The next answer is an ordinary one.
    static void firstAnswer(String number, ResponseDefinitionBuilder answer) {
        TwilioStub.stub(
                TwilioStub.sendTo(number)
                        .inScenario(number)
                        .whenScenarioStateIs(STARTED)
                        .willReturn(answer)
                        .willSetStateTo("answered"));
    }

    void queue(String number) {
        database.execute(
                "insert into sms_outbox (dedupe_key, recipient, body) values ($1, $2, $3)",
                "test:" + number,
                number,
                BODY);
        service.pump().toCompletableFuture().join();
    }

    /// To the caller of a call that was lost.
    void queueForALostCaller(String number) {
        String callSid = "CA" + "0".repeat(21) + number.substring(1);
        database.execute(
                "insert into calls (call_sid, caller, outcome) values ($1, $2, 'our_fault')",
                callSid,
                number);
        database.execute(
                "insert into sms_outbox (dedupe_key, call_sid, recipient, body) values ('recovery:' || $1, $1, $2, $3)",
                callSid,
                number,
                BODY);
        service.pump().toCompletableFuture().join();
    }

    void awaitState(String number, String state) {
        await().untilAsserted(() -> assertThat(column("state", number)).isEqualTo(state));
    }

    /// Of the newest text to this number.
    String column(String name, String number) {
        return String.valueOf(
                database.text(
                        "select "
                                + name
                                + "::text from sms_outbox where recipient = $1 order by created_at desc limit 1",
                        number));
    }
}
