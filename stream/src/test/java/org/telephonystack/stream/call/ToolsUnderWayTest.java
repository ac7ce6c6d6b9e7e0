package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.CallContextLookup.Answer;
import org.telephonystack.stream.call.CallContextLookup.Earlier;
import org.telephonystack.stream.call.CallJournal.ToolRequest;
import org.telephonystack.stream.call.ModelBrief.Speaker;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.call.ModelEvent.ToolRequested;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A process may die while a tool runs: what it had under way is known to the next one, and carried out once.
class ToolsUnderWayTest {

    private static final Map<String, Object> PARAMS = Map.of("subject", "the tap drips");
    private static final ToolRequested TICKET =
            new ToolRequested("", "call_7", "create_ticket", Optional.of(PARAMS));
    private static final ToolResult OPENED = ToolResult.success("I opened a ticket.", Map.of());
    private static final CallContext SO_FAR =
            new CallContext(
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(new Spoken(Speaker.CALLER, "My tap drips.")));

    @Test
    void whatIsSentIsWrittenDownAndClosedWithItsAnswer() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "create_ticket", "x");
        assertThat(call.toolJournal).isEmpty();

        call.done("r1", Status.COMPLETED);

        var sent = call.time.now();
        Map<String, Object> asked = Map.of("time", "x");
        assertThat(call.toolJournal)
                .containsExactly(
                        new ToolRequest("c1", "create_ticket", asked, sent, Optional.empty()));
        call.time.passMillis(700);
        call.toolAnswer("c1").complete(OPENED);
        assertThat(call.toolJournal)
                .hasSize(2)
                .endsWith(
                        new ToolRequest(
                                "c1",
                                "create_ticket",
                                asked,
                                sent,
                                Optional.of(sent.plusMillis(700))));
    }

    @Test
    void whatNobodySendsIsNot() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.model(new ToolRequested("r1", "c1", "create_ticket", Optional.empty()));
        call.model(new ToolRequested("r1", "c2", "end_call", Optional.of(Map.of())));
        call.done("r1", Status.COMPLETED);

        assertThat(call.toolJournal).isEmpty();
    }

    @Test
    void aToolThatWasUnderWayIsSentAgainUnderItsIdAndItsAnswerIsTold() {
        var call = takenUp(TICKET);
        call.model(new ModelEvent.Ready());

        assertThat(call.toolCalls)
                .containsExactly(
                        new ToolCall(
                                "create_ticket",
                                PARAMS,
                                call.toolCalls.getFirst().callSid(),
                                Optional.of("call_7")));
        List<String> notes = call.wire(line -> line.startsWith("model note "));
        assertThat(notes.getFirst()).contains("You called create_ticket", "Do not call it again");
        assertThat(call.wire)
                .containsSubsequence(
                        notes.getFirst(),
                        notes.get(1),
                        "model respond GREETING",
                        "tool create_ticket");

        // The first words were asked for before the answer is known: they cannot hold it.
        call.toolAnswer("call_7").complete(OPENED);
        call.answers("first", 500);

        assertThat(call.wire)
                .containsSubsequence(
                        "model respond GREETING",
                        "model note You called create_ticket, and our system answered "
                                + OPENED.toFields()
                                + ".",
                        "model respond ANSWER");
        assertThat(call.wire(line -> line.startsWith("model answerTool"))).isEmpty();
        assertThat(call.toolJournal.getLast().answered()).isPresent();
    }

    @Test
    void anAnswerThatIsNeverGivenIsNotWaitedForForEver() {
        var call = takenUp(TICKET);
        call.model(new ModelEvent.Ready());
        call.answers("first", 500);
        call.heardEverything();

        call.time.passMillis(2_500);
        call.answers("hold", 100);
        call.heardEverything();
        call.time.passMillis(2_500);

        assertThat(call.wire(line -> line.startsWith("model note ")).getLast())
                .contains("I could not reach our system");
        assertThat(call.wire).endsWith("model respond ANSWER");
    }

    @Test
    void aModelThatAsksForTheSameIdIsNotHeardTwice() {
        var call = takenUp(TICKET);
        call.model(new ModelEvent.Ready());
        call.created("first");
        call.asksFor("first", "call_7", "create_ticket");
        call.done("first", Status.COMPLETED);

        assertThat(call.toolCalls).hasSize(1);
    }

    @Test
    void whatTheDatabaseTellsLateIsSentAgainAllTheSame() {
        var call = new TestCall(CallSettings.DEFAULTS, StreamTicket.Kind.RESUME);
        call.session.begin();
        call.time.passMillis(750);
        call.model(new ModelEvent.Ready());
        assertThat(call.wire).contains("model respond GREETING");

        call.lookup.complete(found(TICKET));

        assertThat(call.toolCalls).hasSize(1);
        call.toolAnswer("call_7").complete(OPENED);
        call.answers("first", 500);
        assertThat(call.wire).endsWith("model respond ANSWER");
    }

    @Test
    void aTransferThatWasUnderWayIsCarriedOut() {
        var call =
                takenUp(
                        new ToolRequested(
                                "", "call_8", "transfer_to_human", Optional.of(Map.of())));
        call.model(new ModelEvent.Ready());
        call.answers("first", 500);
        call.heardEverything();

        call.toolAnswer("call_8")
                .complete(ToolResult.success("I'll put you through.", Map.of("then", "transfer")));
        call.answers("second", 500);
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close TRANSFER");
    }

    @Test
    void aPersonWhoWasPromisedBeforeTheSocketBrokeIsDialledWhenTheCallIsTakenUp() {
        var lost = TestCall.greeted();
        lost.callerStops();
        lost.created("r1");
        lost.asksFor("r1", "call_8", "transfer_to_human");
        lost.done("r1", Status.COMPLETED);
        lost.toolAnswer("call_8")
                .complete(ToolResult.success("I'll put you through.", Map.of("then", "transfer")));
        lost.session.onCallerGone();

        var call = new TestCall(CallSettings.DEFAULTS, StreamTicket.Kind.RESUME);
        call.session.begin();
        call.lookup.complete(
                new Answer.Found(
                        SO_FAR, new Earlier(Optional.empty(), Duration.ZERO, leftOpen(lost))));
        call.model(new ModelEvent.Ready());
        call.answers("first", 500);
        call.heardEverything();
        call.toolAnswer("call_8")
                .complete(ToolResult.success("I'll put you through.", Map.of("then", "transfer")));
        call.answers("second", 500);
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close TRANSFER");
    }

    /// The first words were asked for before it was known: they do not say that a person comes.
    @Test
    void aTransferIsAnnouncedBeforeItHappens() {
        var call =
                takenUp(
                        new ToolRequested(
                                "", "call_8", "transfer_to_human", Optional.of(Map.of())));
        call.model(new ModelEvent.Ready());
        call.toolAnswer("call_8")
                .complete(ToolResult.success("I'll put you through.", Map.of("then", "transfer")));
        call.answers("first", 500);
        call.heardEverything();

        assertThat(call.session.isOver()).isFalse();
        call.answers("second", 500);
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close TRANSFER");
    }

    /// What the database has of the calls whose answer is not written down.
    private static List<ToolRequested> leftOpen(TestCall lost) {
        return lost.toolJournal.stream()
                .filter(request ->
                        lost.toolJournal.stream()
                                .noneMatch(later ->
                                        later.toolCallId().equals(request.toolCallId())
                                                && later.answered().isPresent()))
                .map(request ->
                        new ToolRequested(
                                "",
                                request.toolCallId(),
                                request.name(),
                                Optional.of(request.params())))
                .toList();
    }

    private static TestCall takenUp(ToolRequested underWay) {
        var call = new TestCall(CallSettings.DEFAULTS, StreamTicket.Kind.RESUME);
        call.session.begin();
        call.lookup.complete(found(underWay));
        return call;
    }

    private static Answer found(ToolRequested underWay) {
        return new Answer.Found(
                SO_FAR, new Earlier(Optional.empty(), Duration.ZERO, List.of(underWay)));
    }
}
