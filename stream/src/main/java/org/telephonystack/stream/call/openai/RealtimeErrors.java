package org.telephonystack.stream.call.openai;

import org.telephonystack.stream.call.ModelEvent.Trouble;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the Realtime API's errors mean for a call: the one place where its codes become our few kinds.
final class RealtimeErrors {

    static final String ALREADY_ACTIVE = "conversation_already_has_active_response";
    static final String SESSION_EXPIRED = "session_expired";

    /// Codes of `error` events and of failed responses. What is not listed may pass.
    private static final Map<String, Trouble> CODES =
            Map.of(
                    // Our cancel met a response that was over.
                    "response_cancel_not_active", Trouble.BENIGN,
                    // The item is gone; nothing is left to truncate, look up or delete.
                    "item_truncate_invalid_item_id", Trouble.BENIGN,
                    "item_retrieve_invalid_item_id", Trouble.BENIGN,
                    "item_delete_invalid_item_id", Trouble.BENIGN,
                    "input_audio_buffer_commit_empty", Trouble.BENIGN,
                    // Somebody has to pay, or to mend a key.
                    "insufficient_quota", Trouble.LASTING,
                    "invalid_api_key", Trouble.LASTING,
                    "account_deactivated", Trouble.LASTING,
                    "billing_hard_limit_reached", Trouble.LASTING);

    /// Of an endpoint, not of one session: the next connection would be refused like this one. The statuses are the
    /// upgrade's: bad key, no access, unknown model.
    private static final Set<String> FATAL =
            Set.of(
                    "http_401",
                    "http_403",
                    "http_404",
                    "insufficient_quota",
                    "invalid_api_key",
                    "account_deactivated",
                    "billing_hard_limit_reached");

    /// "Audio content of 3700ms is already shorter than 3760ms"
    private static final Pattern SHORTER = Pattern.compile("content of (\\d{1,7})ms");

    private RealtimeErrors() {}

    static Trouble ofCode(String code) {
        return CODES.getOrDefault(code, Trouble.PASSING);
    }

    /// Whether an endpoint that said this need not be tried for a while.
    static boolean isFatal(String detail) {
        return FATAL.contains(detail);
    }

    /// What the upgrade was answered with. The official clients try again on 408, 429 and 5xx alone.
    static Trouble ofStatus(int status) {
        return status == 408 || status == 429 || status >= 500 ? Trouble.PASSING : Trouble.LASTING;
    }

    /// 1008 is a policy that would refuse the next connection too; everything else can be an accident.
    static Trouble ofCloseCode(int code) {
        return code == 1008 ? Trouble.LASTING : Trouble.PASSING;
    }

    /// How long the item really is, when a truncation was refused for being longer than that.
    static Optional<Long> itemMillis(String message) {
        Matcher shorter = SHORTER.matcher(message);
        return shorter.find() ? Optional.of(Long.valueOf(shorter.group(1))) : Optional.empty();
    }

    /// A code fit for logs and metric labels, whatever the other side sent.
    static String word(String code) {
        String word = code.toLowerCase(Locale.ROOT);
        return word.matches("[a-z0-9_.]{1,64}") ? word : "other";
    }
}
