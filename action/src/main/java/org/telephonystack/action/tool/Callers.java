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

    /// What the call's row says of its caller.
    @FunctionalInterface
    public interface CallDirectory {

        /// A number, or what Twilio sent in its place; empty for a call nobody announced.
        CompletionStage<Optional<String>> callerOf(CallSid callSid);
    }

    private static final int MOST_REMEMBERED = 10_000;

    private final CallDirectory calls;
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

    public Callers(CallDirectory calls) {
        this.calls = calls;
    }

    /// Empty for a withheld number, and for what is none.
    CompletionStage<Optional<PhoneNumber>> of(ToolCall call) {
        if (call.callSid().isPresent()) {
            return calls.callerOf(call.callSid().get())
                    .thenApply(caller -> caller.flatMap(PhoneNumber::parse))
                    .thenApply(caller -> {
                        caller.ifPresent(number -> seen.put(call.callSid().get(), number));
                        return caller;
                    });
        }
        return CompletableFuture.completedFuture(named(call));
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
