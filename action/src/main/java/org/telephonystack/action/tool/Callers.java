package org.telephonystack.action.tool;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolCall;

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

    private final CallDirectory calls;

    public Callers(CallDirectory calls) {
        this.calls = calls;
    }

    /// Empty for a withheld number, and for what is none.
    CompletionStage<Optional<PhoneNumber>> of(ToolCall call) {
        if (call.callSid().isPresent()) {
            return calls.callerOf(call.callSid().get())
                    .thenApply(caller -> caller.flatMap(PhoneNumber::parse));
        }
        return CompletableFuture.completedFuture(
                call.params().get("phone") instanceof String phone
                        ? PhoneNumber.parse(phone.replaceAll("[\\s().-]", ""))
                        : Optional.empty());
    }
}
