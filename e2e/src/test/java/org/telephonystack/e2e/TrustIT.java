package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.script.ModelStep.say;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.call.StreamParameters;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.model.ticket.StreamTickets;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.phone.StreamEnd;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.stack.Service;
import org.telephonystack.simulator.webhook.CallbackFaults;
import org.telephonystack.simulator.webhook.RequestSignature.Signing;
import org.telephonystack.simulator.webhook.TwilioError;
import org.telephonystack.simulator.webhook.WebhookClient;
import org.telephonystack.simulator.webhook.WebhookReply;
import org.telephonystack.simulator.world.World;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Nobody gets in without the right to.
@ExtendWith(Worlds.class)
class TrustIT {

    private static final ModelScript HELLO = ModelScript.greeting(say("Hello!"));
    private static final CallerStep WAIT_FOR_END = new CallerStep.WaitForEnd();

    @Test
    void aForgedVoiceWebhookIsForbiddenAndLeavesNoTrace(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();

        CallRecord record =
                calls.play(
                        CallerPlan.from(number)
                                .webhookSigning(Signing.WRONG)
                                .callbackFaults(
                                        CallbackFaults.none()
                                                .dropping(CallbackFaults.Kind.values())),
                        HELLO,
                        WAIT_FOR_END);

        assertThat(record.streams()).isEmpty();
        assertThat(world.model().connectionsOf(number)).isEmpty();
        assertThat(calls.rows("select 1 from calls where call_sid = ?", record.callSid()))
                .isEmpty();
        assertThat(calls.rows("select 1 from call_events where call_sid = ?", record.callSid()))
                .isEmpty();
        assertThat(world.stack().frontdoor().lines())
                .anyMatch(line -> line.contains("[Frontdoor] ❌ Security validation failed"));
    }

    @Test
    void aForgedCallbackIsForbiddenAndNothingIsWritten(World world) {
        var calls = new Calls(world);
        String callSid = "CA" + UUID.randomUUID().toString().replace("-", "");
        var request =
                WebhookClient.Request.post(
                                world.network().settings().statusCallback().orElseThrow(),
                                Map.of(
                                        "CallSid",
                                        callSid,
                                        "CallStatus",
                                        "failed",
                                        "From",
                                        Calls.newNumber()))
                        .signed(Signing.WRONG);

        WebhookReply reply =
                world.network()
                        .webhooks()
                        .send(request)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();

        assertThat(reply.code()).isEqualTo(403);
        assertThat(calls.rows("select 1 from call_events where call_sid = ?", callSid)).isEmpty();
        assertThat(calls.rows("select 1 from calls where call_sid = ?", callSid)).isEmpty();
        assertThat(calls.rows("select 1 from sms_outbox where call_sid = ?", callSid)).isEmpty();
    }

    @Test
    void aForgedHandshakeIsRefusedBeforeAModelIsAsked(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();

        CallRecord record =
                calls.play(
                        CallerPlan.from(number).handshakeSigning(Signing.WRONG),
                        HELLO,
                        WAIT_FOR_END);

        assertThat(record.streams().getFirst().end()).contains(StreamEnd.HANDSHAKE_FAILED);
        assertThat(record.streams().getFirst().handshakeStatus()).contains(403);
        assertThat(record.hasComplaint(TwilioError.STREAM_HANDSHAKE)).isTrue();
        nobodyGotIn(world, calls, number, record);
    }

    @Test
    void aStreamWithoutATicketIsClosed(World world) {
        refused(world, CallerPlan.from(Calls.newNumber()).streamParameters(_ -> Map.of()));
    }

    @Test
    void anExpiredTicketIsRefused(World world) {
        String callSid = newCallSid();
        var anHourAgo = InstantSource.fixed(Instant.now().minusSeconds(3600));
        String ticket =
                tickets(world, anHourAgo).write(new CallSid(callSid), StreamTicket.Kind.NEW, 1);

        refused(world, with(callSid, ticket));
    }

    @Test
    void aTicketOfAnotherCallIsRefused(World world) {
        String ticket =
                tickets(world, InstantSource.system())
                        .write(new CallSid(newCallSid()), StreamTicket.Kind.NEW, 1);

        refused(world, with(newCallSid(), ticket));
    }

    @Test
    void aTicketThatWasUsedIsRefused(World world) {
        var calls = new Calls(world);
        String callSid = newCallSid();
        String ticket =
                tickets(world, InstantSource.system())
                        .write(new CallSid(callSid), StreamTicket.Kind.NEW, 1);
        CallRecord first =
                calls.play(
                        with(callSid, ticket),
                        HELLO,
                        new CallerStep.WaitForAssistant(),
                        new CallerStep.HangUp());
        assertThat(first.streams().getFirst().end()).contains(StreamEnd.STOPPED);

        CallerPlan again = with(callSid, ticket);
        int before = world.model().connectionsOf(again.from()).size();
        CallRecord second = calls.play(again, HELLO, WAIT_FOR_END);

        assertThat(second.streams().getFirst().end()).contains(StreamEnd.SERVER_CLOSED);
        assertThat(second.streams().getFirst().soundBytes()).isZero();
        assertThat(world.model().connectionsOf(again.from())).hasSize(before);
    }

    @Test
    void aTicketThatAnotherPodHasTakenIsRefusedBeforeAnySound(World world) {
        var calls = new Calls(world);
        String callSid = newCallSid();
        String ticket =
                tickets(world, InstantSource.system())
                        .write(new CallSid(callSid), StreamTicket.Kind.NEW, 1);
        calls.execute(
                "insert into stream_tickets (nonce, call_sid, expires_at) values (?, ?, now() + interval '1 minute')",
                ticket.split("\\.")[3],
                callSid);

        CallRecord record = calls.play(with(callSid, ticket), HELLO, WAIT_FOR_END);

        assertThat(record.streams().getFirst().end()).contains(StreamEnd.SERVER_CLOSED);
        assertThat(record.streams().getFirst().soundBytes()).isZero();
        assertThat(world.model().connections())
                .allSatisfy(connection ->
                        assertThat(connection.instructions()).doesNotContain(record.from()));
    }

    private static void refused(World world, CallerPlan plan) {
        var calls = new Calls(world);

        CallRecord record = calls.play(plan, HELLO, WAIT_FOR_END);

        assertThat(record.streams().getFirst().end()).contains(StreamEnd.SERVER_CLOSED);
        assertThat(record.streams().getFirst().closeCode()).contains(1008);
        nobodyGotIn(world, calls, plan.from(), record);
    }

    private static void nobodyGotIn(World world, Calls calls, String number, CallRecord record) {
        assertThat(record.streams().getFirst().soundBytes()).isZero();
        assertThat(world.model().connectionsOf(number)).isEmpty();
        assertThat(
                        calls.rows(
                                "select 1 from calls where call_sid = ? and stream_started_at is not null",
                                record.callSid()))
                .isEmpty();
        assertThat(calls.rows("select 1 from stream_tickets where call_sid = ?", record.callSid()))
                .isEmpty();
    }

    private static CallerPlan with(String callSid, String ticket) {
        return CallerPlan.from(Calls.newNumber())
                .callSid(callSid)
                .streamParameter(StreamParameters.TICKET, ticket);
    }

    private static StreamTickets tickets(World world, InstantSource clock) {
        return new StreamTickets(
                List.of(world.stack().variable(Service.STREAM, "TICKET_SECRET")), clock);
    }

    private static String newCallSid() {
        return "CA" + UUID.randomUUID().toString().replace("-", "");
    }
}
