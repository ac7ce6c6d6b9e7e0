package org.telephonystack.simulator.rest;

import io.vertx.core.Vertx;

import org.telephonystack.simulator.phone.NetworkSettings;
import org.telephonystack.simulator.phone.Sids;
import org.telephonystack.simulator.webhook.CallbackFaults;
import org.telephonystack.simulator.webhook.Callbacks;
import org.telephonystack.simulator.webhook.RequestSignature.Signing;
import org.telephonystack.simulator.webhook.WebhookClient;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Accepts texts, delivers them and reports on it.
final class MessageDesk {

    private static final int LONGEST_BODY = 1600;

    private final Vertx vertx;
    private final NetworkSettings account;
    private final RestSettings settings;
    private final WebhookClient webhooks;
    private final Messages messages = new Messages();
    private final Set<String> optedOut = ConcurrentHashMap.newKeySet();
    private final Set<String> verified = ConcurrentHashMap.newKeySet();
    private final Map<String, CallbackFaults> callbackFaults = new ConcurrentHashMap<>();
    private final List<Callbacks.Sent> reports = new CopyOnWriteArrayList<>();

    MessageDesk(
            Vertx vertx, NetworkSettings account, RestSettings settings, WebhookClient webhooks) {
        this.vertx = vertx;
        this.account = account;
        this.settings = settings;
        this.webhooks = webhooks;
    }

    /// What Twilio would refuse.
    Optional<RestError> refusal(Map<String, String> form) {
        String to = form.getOrDefault("To", "");
        String from = form.getOrDefault("From", "");
        String service = form.getOrDefault("MessagingServiceSid", "");
        String body = form.getOrDefault("Body", "");
        if (to.isEmpty()) {
            return Optional.of(RestError.TO_REQUIRED);
        }
        if (!to.matches("\\+[1-9]\\d{7,14}")) {
            return Optional.of(RestError.INVALID_TO);
        }
        if (from.isEmpty() && service.isEmpty()) {
            return Optional.of(RestError.FROM_REQUIRED);
        }
        if (service.isEmpty() && !from.equals(account.number())) {
            return Optional.of(RestError.FROM_NOT_OURS);
        }
        if (!service.isEmpty() && !settings.messagingServiceSid().equals(Optional.of(service))) {
            return Optional.of(RestError.SERVICE_UNKNOWN);
        }
        if (body.isEmpty()) {
            return Optional.of(RestError.BODY_REQUIRED);
        }
        if (body.length() > LONGEST_BODY) {
            return Optional.of(RestError.BODY_TOO_LONG);
        }
        if (settings.trial() && !verified.contains(to)) {
            return Optional.of(RestError.UNVERIFIED_ON_TRIAL);
        }
        return optedOut.contains(to) ? Optional.of(RestError.OPTED_OUT) : Optional.empty();
    }

    /// @param errorCode the text will not arrive, for this reason
    Message accept(Map<String, String> form, Optional<Integer> errorCode) {
        Optional<String> service = Optional.ofNullable(form.get("MessagingServiceSid"));
        var message =
                new Message(
                        Sids.random("SM"),
                        form.getOrDefault("To", ""),
                        Optional.ofNullable(form.get("From")),
                        service,
                        form.getOrDefault("Body", ""),
                        service.isPresent() ? "accepted" : "queued",
                        Optional.empty(),
                        Optional.ofNullable(form.get("StatusCallback")),
                        Instant.now());
        messages.put(message);
        deliver(message, errorCode);
        return message;
    }

    Messages messages() {
        return messages;
    }

    List<Callbacks.Sent> reports() {
        return List.copyOf(reports);
    }

    void verify(String number) {
        verified.add(number);
    }

    void callbackFaults(String number, CallbackFaults faults) {
        callbackFaults.put(number, faults);
    }

    /// Keywords are Twilio's own business before our webhook hears of them.
    void noteKeyword(String from, String body) {
        switch (body.strip().toUpperCase(java.util.Locale.ROOT)) {
            case "STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL" ->
                    optedOut.add(from);
            case "START", "YES", "UNSTOP" -> optedOut.remove(from);
            default -> {}
        }
    }

    private void deliver(Message accepted, Optional<Integer> errorCode) {
        var faults = callbackFaults.getOrDefault(accepted.to(), CallbackFaults.none());
        var callbacks = new Callbacks(vertx, webhooks, faults, reports::add);
        String end = errorCode.isPresent() ? "undelivered" : "delivered";
        report(callbacks, accepted.at("queued", Optional.empty(), account.number()));
        vertx.setTimer(
                20,
                _ -> {
                    report(callbacks, accepted.at("sent", Optional.empty(), account.number()));
                    vertx.setTimer(
                            20,
                            _ -> report(callbacks, accepted.at(end, errorCode, account.number())));
                });
    }

    private void report(Callbacks callbacks, Message now) {
        messages.put(now);
        var form = new LinkedHashMap<String, String>();
        form.put("MessageSid", now.sid());
        form.put("MessageStatus", now.status());
        form.put("SmsSid", now.sid());
        form.put("SmsStatus", now.status());
        form.put("AccountSid", account.accountSid());
        form.put("ApiVersion", "2010-04-01");
        form.put("From", now.from().orElse(account.number()));
        form.put("To", now.to());
        now.messagingServiceSid().ifPresent(sid -> form.put("MessagingServiceSid", sid));
        now.errorCode().ifPresent(code -> form.put("ErrorCode", String.valueOf(code)));
        now.statusCallback()
                .ifPresent(url ->
                        callbacks.send(
                                CallbackFaults.Kind.MESSAGE,
                                new WebhookClient.Request(
                                        "POST", url, form, false, Signing.RIGHT)));
    }
}
