package org.telephonystack.action.sms;

import org.telephonystack.model.PhoneNumber;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Sends one text at once, for a caller that wants the provider's answer. Nothing is kept and nothing is repeated: what must
/// arrive goes through the outbox.
public final class SmsDesk {

    private static final int LONGEST = 1600;

    private final SmsSender sender;
    private final OptOuts optOuts;

    public SmsDesk(SmsSender sender, OptOuts optOuts) {
        this.sender = sender;
        this.optOuts = optOuts;
    }

    /// What asking for a text came to.
    public sealed interface Answer {

        /// @param json the provider's
        record Sent(String messageSid, String json) implements Answer {}

        /// @param problem for the one who asked
        record NotSent(String problem) implements Answer {}
    }

    public CompletionStage<Answer> send(Optional<String> to, Optional<String> body) {
        Optional<PhoneNumber> number = PhoneNumber.parse(to.orElse(null));
        if (number.isEmpty()) {
            return notSent("to must be a phone number in E.164, e.g. +14155550199");
        }
        if (body.isEmpty() || body.get().isBlank() || body.get().length() > LONGEST) {
            return notSent("body must have 1 to " + LONGEST + " characters");
        }
        String recipient = number.get().e164();
        return optOuts.contains(recipient)
                .thenCompose(optedOut ->
                        optedOut
                                ? notSent("the recipient takes no texts")
                                : sender.send(recipient, body.get())
                                        .thenCompose(result -> answer(recipient, result)));
    }

    private CompletionStage<Answer> answer(String recipient, SmsSender.Result result) {
        return switch (result) {
            case SmsSender.Result.Accepted(String sid, String json) ->
                    CompletableFuture.completedFuture(new Answer.Sent(sid, json));
            case SmsSender.Result.Refused(int code, var remedy, String message) ->
                    remedy == SmsSender.Remedy.REMEMBER
                            ? optOuts.add(recipient, "code_" + code)
                                    .thenCompose(_ -> notSent(message))
                            : notSent(message);
            case SmsSender.Result.TryLater(String why, _) -> notSent("not sent, try later: " + why);
            case SmsSender.Result.Unknown(String why) ->
                    notSent("it is not known whether it was sent: " + why);
        };
    }

    private static CompletionStage<Answer> notSent(String problem) {
        return CompletableFuture.completedFuture(new Answer.NotSent(problem));
    }
}
