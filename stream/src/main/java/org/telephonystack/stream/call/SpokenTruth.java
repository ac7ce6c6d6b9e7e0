package org.telephonystack.stream.call;

import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools;
import org.telephonystack.stream.call.CallContext.Business;
import org.telephonystack.stream.call.CallContext.LatestBooking;
import org.telephonystack.stream.call.ModelBrief.Speaker;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.ModelEvent.ToolRequested;
import org.telephonystack.stream.truth.CallFacts;
import org.telephonystack.stream.truth.UnbackedClaim;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Holds what the assistant has said was done against what the tools of the call answered. A claim that nothing backs is put
/// right in the very next thing the assistant says. While a tool runs nothing is judged: its answer may be the backing.
final class SpokenTruth {

    /// A model that does not listen is not corrected for ever.
    private static final int MOST_CORRECTIONS = 5;

    private static final Set<String> WITHOUT_A_TIME =
            Set.of(
                    Tools.TAKE_MESSAGE.name(),
                    Tools.CREATE_TICKET.name(),
                    Tools.SEND_BOOKING_LINK.name());

    private static final Pattern END_OF_SENTENCE = Pattern.compile("[.!?]");

    private final CallPorts ports;
    private final List<String> unjudged = new ArrayList<>();
    private CallFacts facts = new CallFacts(ZoneOffset.UTC);
    private final StringBuilder sentence = new StringBuilder();
    private int corrections;

    SpokenTruth(CallPorts ports) {
        this.ports = ports;
    }

    /// @param isResumed earlier streams of the call have done some of what is known
    void knows(CallContext context, boolean isResumed) {
        ZoneId zone = context.business().map(Business::zone).orElse(ZoneOffset.UTC);
        facts = new CallFacts(zone);
        for (LatestBooking booking : context.latestBookings()) {
            if (isResumed) {
                String slot = booking.time().atZone(zone).toOffsetDateTime().toString();
                boolean isCancelled = booking.status().startsWith("cancel");
                facts.add(
                        (isCancelled ? Tools.CANCEL_BOOKING : Tools.CREATE_BOOKING).name(),
                        ToolResult.success("", Map.of("slot", slot, "booking_id", slot)));
            } else {
                facts.known(booking.time(), booking.status());
            }
        }
        context.soFar().forEach(this::addEarlier);
    }

    private void addEarlier(Spoken part) {
        if (part.speaker() == Speaker.NOTE && part.text().contains("success")) {
            WITHOUT_A_TIME.stream()
                    .filter(part.text()::contains)
                    .forEach(tool -> facts.add(tool, ToolResult.success("", Map.of())));
        }
    }

    void onResult(ToolRequested call, ToolResult result) {
        if (result.equals(ToolScripts.NO_ANSWER)) {
            facts.unknown(call.callId(), call.name());
        } else {
            facts.add(call.callId(), call.name(), result);
        }
    }

    /// The assistant has said so much more.
    void said(String words) {
        if (!words.isBlank()) {
            unjudged.add(words);
        }
    }

    /// Another answer begins.
    void beginSentence() {
        sentence.setLength(0);
    }

    /// Judges what is being said as soon as a sentence is complete, in place of the whole afterwards.
    ///
    /// @param words a few more of it
    /// @param correct gets what the model is to be told at once
    void judgeSentence(String words, Consumer<String> correct) {
        sentence.append(words);
        if (END_OF_SENTENCE.matcher(words).find()) {
            String said = sentence.toString();
            sentence.setLength(0);
            check(said, correct);
        }
    }

    /// No tool runs: what was said can be judged.
    ///
    /// @param correct gets what the model is to be told before it speaks next
    void judge(Consumer<String> correct) {
        List<String> words = List.copyOf(unjudged);
        unjudged.clear();
        words.forEach(said -> check(said, correct));
    }

    private void check(String said, Consumer<String> correct) {
        ports.truth()
                .check(said, facts, ports.time().now())
                .ifPresent(claim -> onClaim(claim, correct));
    }

    private void onClaim(UnbackedClaim claim, Consumer<String> correct) {
        ports.observer().on(new CallEvent.ClaimUnbacked(claim.kind()), ports.time().now());
        if (++corrections <= MOST_CORRECTIONS) {
            correct.accept(claim.correction());
        }
    }
}
