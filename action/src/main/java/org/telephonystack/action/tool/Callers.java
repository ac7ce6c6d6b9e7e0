package org.telephonystack.action.tool;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolCall;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Who is calling. With a CallSid it is the call's own number and never the model's argument: a caller could talk the model
/// into another one.
public final class Callers {

    /// What the database says of a call's caller.
    @FunctionalInterface
    public interface CallDirectory {

        /// Empty for a call nobody announced.
        CompletionStage<Optional<Known>> callerOf(CallSid callSid);
    }

    /// @param caller a number, or what Twilio sent in its place
    /// @param toolCalls that were answered lately to that number (without one: in that call), whichever processes did
    public record Known(String caller, int toolCalls) {}

    private static final int MOST_REMEMBERED = 10_000;

    private final CallDirectory calls;
    private final CallerLimit limit;
    private final Map<CallSid, PhoneNumber> seen =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(256, 0.75f, true) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(
                                Map.Entry<CallSid, PhoneNumber> eldest) {
                            return size() > MOST_REMEMBERED;
                        }
                    });

    public Callers(CallDirectory calls, CallerLimit limit) {
        this.calls = calls;
        this.limit = limit;
    }

    /// Empty for a withheld number, and for what is none. Fails with [TooManyToolCalls] where the caller has had too many of
    /// all processes together: the database is asked who calls, so it counts in the same breath.
    CompletionStage<Optional<PhoneNumber>> of(ToolCall call) {
        if (call.callSid().isEmpty()) {
            return CompletableFuture.completedFuture(named(call));
        }
        CallSid callSid = call.callSid().get();
        return calls.callerOf(callSid)
                .thenApply(known -> {
                    if (known.map(Known::toolCalls).filter(limit::isReachedBy).isPresent()) {
                        throw new TooManyToolCalls();
                    }
                    Optional<PhoneNumber> number =
                            known.map(Known::caller).flatMap(PhoneNumber::parse);
                    number.ifPresent(caller -> seen.put(callSid, caller));
                    return number;
                });
    }

    /// Whose tool calls are counted together, without asking anybody: the caller's number where an earlier tool call of the
    /// same call has found it, else the call itself.
    String nameOf(ToolCall call) {
        return call.callSid()
                .map(callSid ->
                        Optional.ofNullable(seen.get(callSid))
                                .map(PhoneNumber::e164)
                                .orElse(callSid.value()))
                .or(() -> named(call).map(PhoneNumber::e164))
                .orElse("nobody");
    }

    private static Optional<PhoneNumber> named(ToolCall call) {
        return call.params().get("phone") instanceof String phone
                ? PhoneNumber.parse(phone.replaceAll("[\\s().-]", ""))
                : Optional.empty();
    }
}
