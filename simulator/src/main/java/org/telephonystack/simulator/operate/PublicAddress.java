package org.telephonystack.simulator.operate;

import org.telephonystack.simulator.webhook.Form;
import org.telephonystack.simulator.webhook.RequestSignature;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Asks the services through their public address, signed as Twilio signs, and finds out what a hop in between changes.
///
/// What is asked for names no call: a service that believes the signature says so by another answer than 403, and does nothing.
/// A refused request is tried again with the signatures of what the service may have seen instead; each counts as a security
/// rejection there.
final class PublicAddress {

    /// What people really send: a plus, a letter beyond ASCII, blanks, nothing, and more than 2,048 bytes.
    private static final Map<String, String> HARD_FORM =
            Map.of(
                    "Plus", "+14155550100",
                    "Letter", "Zoë",
                    "Blanks", " a b ",
                    "Nothing", "",
                    "Long", "x".repeat(3000));

    private static final String HARD_QUERY = "?z=1%2B2&a=%C3%A9&b=a%20b";

    private final Variables variables;
    private final Http http;
    private final Findings findings;
    private final String token;

    PublicAddress(Variables variables, Http http, Findings findings) {
        this.variables = variables;
        this.http = http;
        this.findings = findings;
        this.token = variables.get("TWILIO_AUTH_TOKEN", "");
    }

    void check() {
        findings.title("Public address (signed requests)");
        if (token.isEmpty()) {
            findings.note("not asked: TWILIO_AUTH_TOKEN is not set");
            return;
        }
        ask("FRONTDOOR", "/voice-frontdoor/fallback", Map.of());
        ask("ACTION", "/voice-action", Map.of("TelephonyCheck", "1"));
        stream();
        inside();
    }

    private void ask(String service, String path, Map<String, String> form) {
        Optional<String> base = variables.publicUrl(service);
        if (base.isEmpty()) {
            findings.note(
                    service.toLowerCase(java.util.Locale.ROOT)
                            + " was not asked: PUBLIC_BASE_URL is not set");
            return;
        }
        String name = "voice-" + service.toLowerCase(java.util.Locale.ROOT) + ": ";
        if (!believed(name, base.get(), path, form)) {
            return;
        }
        boolean query = believed(name, base.get(), path + HARD_QUERY, form);
        boolean body = believed(name, base.get(), path, HARD_FORM);
        if (query && body) {
            findings.good(
                    name
                            + base.get()
                            + path
                            + " takes signed requests; path, query and body arrive unchanged");
        }
    }

    /// @return whether the request came through as it was sent; else what changed it was said
    private boolean believed(String name, String base, String target, Map<String, String> form) {
        String url = base + target;
        Http.Answer answer = post(url, signed(url, form), form);
        switch (answer.status()) {
            case 0 -> findings.problem(name + url + " cannot be reached: " + answer.text());
            case 301, 302, 303, 307, 308 ->
                    findings.problem(
                            name
                                    + url
                                    + " redirects to "
                                    + answer.location().orElse("(nowhere)")
                                    + ": Twilio loses the body of a redirected POST; use that address, or do not redirect");
            case 403 -> findings.problem(name + refused(base, target, form));
            case 404, 405, 502, 504 ->
                    findings.problem(
                            name
                                    + url
                                    + " is not led to the service (HTTP "
                                    + answer.status()
                                    + "): look at the proxy's routes");
            case 413 ->
                    findings.problem(
                            name
                                    + url
                                    + ": a body of 3 KiB is refused (HTTP 413) by a hop: it has to let 64 KiB pass");
            case 503 ->
                    findings.problem(
                            name
                                    + url
                                    + " answers 503: no service behind the proxy, or no database");
            default -> {
                return true;
            }
        }
        return false;
    }

    private String refused(String base, String target, Map<String, String> form) {
        String url = base + target;
        for (String variable : List.of("TWILIO_AUTH_TOKEN_NEXT")) {
            Optional<String> other = variables.get(variable);
            if (other.isPresent()
                    && isBelieved(url, RequestSignature.of(other.get(), url, form), form)) {
                return "403 for TWILIO_AUTH_TOKEN, but "
                        + variable
                        + " is believed: the service does not know the first";
            }
        }
        for (Variant variant : Variant.of(url, form, otherBases(base), target)) {
            if (isBelieved(url, signed(variant.url(), variant.form()), form)) {
                return "403: a hop or a setting changes the %s: %s. Asked for: %s | believed: %s"
                        .formatted(variant.hop(), variant.what(), url, variant.url());
            }
        }
        return "403 for "
                + url
                + ", and no variant of it is believed: the service has another TWILIO_AUTH_TOKEN, or a hop drops"
                + " the header X-Twilio-Signature (its log says `signature_wrong` or `signature_missing`)";
    }

    private List<String> otherBases(String base) {
        return Stream.of(
                        "PUBLIC_BASE_URL",
                        "FRONTDOOR_PUBLIC_URL",
                        "STREAM_PUBLIC_URL",
                        "ACTION_PUBLIC_URL")
                .flatMap(name -> variables.get(name).stream())
                .map(url -> url.replaceFirst("/+$", ""))
                .filter(url -> !url.equals(base))
                .distinct()
                .toList();
    }

    private boolean isBelieved(String url, String signature, Map<String, String> form) {
        int status = post(url, signature, form).status();
        return status != 403 && status != 0;
    }

    private String signed(String url, Map<String, String> form) {
        return RequestSignature.of(token, url, form);
    }

    private Http.Answer post(String url, String signature, Map<String, String> form) {
        return http.send(
                Http.to(url)
                        .header("Content-Type", Form.CONTENT_TYPE)
                        .header("X-Twilio-Signature", signature)
                        // action keeps what it does not know, once: the same row for every check.
                        .header("I-Twilio-Idempotency-Token", "telephony-check")
                        .POST(HttpRequest.BodyPublishers.ofString(Form.encode(form)))
                        .build());
    }

    private void stream() {
        variables
                .publicUrl("STREAM")
                .ifPresent(base ->
                        new StreamAddress(http, findings, token, otherBases(base)).check(base));
    }

    /// Nobody outside may ask these.
    private void inside() {
        variables
                .publicUrl("ACTION")
                .ifPresent(base -> {
                    Http.Answer answer =
                            http.send(
                                    Http.to(base + "/internal/calls")
                                            .header("Content-Type", "application/json")
                                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                            .build());
                    if (answer.status() == 401) {
                        findings.note(
                                base
                                        + "/internal/ is reachable from outside; only the service secret guards it:"
                                        + " let the proxy pass /voice-… paths only");
                    }
                });
    }
}
