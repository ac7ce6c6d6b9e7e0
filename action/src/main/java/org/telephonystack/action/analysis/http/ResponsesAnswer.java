package org.telephonystack.action.analysis.http;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.telephonystack.action.analysis.Analyst.Result;
import org.telephonystack.action.analysis.Analyst.Tokens;
import org.telephonystack.action.analysis.CallAnalysis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a body of status 200 comes to: it can carry a failure, too.
final class ResponsesAnswer {

    private static final Set<String> PASSING = Set.of("server_error", "rate_limit_exceeded");

    private static final int LONGEST_TEXT = 4000;
    private static final int LONGEST_LIST = 20;

    private ResponsesAnswer() {}

    static Result read(JsonObject answer) {
        Tokens paid = tokens(answer);
        return switch (text(answer, "status")) {
            case "completed" -> completed(answer, paid);
            case "incomplete" ->
                    new Result.Unavailable(
                            "incomplete_"
                                    + word(answer.getJsonObject("incomplete_details"), "reason"),
                            paid);
            case "failed" -> failed(word(answer.getJsonObject("error"), "code"), paid);
            case "queued", "in_progress", "cancelled" ->
                    new Result.TryLater("not_finished", Optional.empty(), paid);
            default -> new Result.TryLater("not_understood", Optional.empty(), paid);
        };
    }

    private static Result failed(String code, Tokens paid) {
        return PASSING.contains(code)
                ? new Result.TryLater("failed_" + code, Optional.empty(), paid)
                : new Result.Unavailable("failed_" + code, paid);
    }

    private static Result completed(JsonObject answer, Tokens paid) {
        var text = new StringBuilder();
        for (JsonObject item : objects(answer.getJsonArray("output"))) {
            if (!"message".equals(item.getString("type"))
                    || "commentary".equals(item.getString("phase"))) {
                continue;
            }
            for (JsonObject part : objects(item.getJsonArray("content"))) {
                if ("refusal".equals(part.getString("type"))) {
                    return new Result.Unavailable("refused", paid);
                }
                if ("output_text".equals(part.getString("type"))) {
                    text.append(text(part, "text"));
                }
            }
        }
        return analysis(text.toString())
                .<Result>map(analysis ->
                        new Result.Done(analysis, answer.getString("model", "unknown"), paid))
                .orElseGet(() -> new Result.TryLater("no_analysis", Optional.empty(), paid));
    }

    private static Optional<CallAnalysis> analysis(String text) {
        try {
            var json = new JsonObject(text);
            String sentiment = text(json, "sentiment");
            String summary = text(json, "summary").strip();
            if (summary.isEmpty() || !ResponsesApi.SENTIMENTS.contains(sentiment)) {
                return Optional.empty();
            }
            return Optional.of(
                    new CallAnalysis(
                            bounded(summary),
                            sentiment,
                            texts(json, "sentiment_course").stream()
                                    .filter(ResponsesApi.SENTIMENTS::contains)
                                    .toList(),
                            texts(json, "topics"),
                            texts(json, "follow_ups"),
                            texts(json, "open_questions")));
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static List<String> texts(JsonObject json, String name) {
        var texts = new ArrayList<String>();
        JsonArray array = json.getJsonArray(name, new JsonArray());
        for (Object element : array) {
            if (element instanceof String text && !text.isBlank() && texts.size() < LONGEST_LIST) {
                texts.add(bounded(text.strip()));
            }
        }
        return texts;
    }

    /// PostgreSQL's text holds every character but this one.
    private static String bounded(String text) {
        String plain = text.replace("\0", "");
        return plain.length() <= LONGEST_TEXT ? plain : plain.substring(0, LONGEST_TEXT);
    }

    private static Tokens tokens(JsonObject answer) {
        if (!(answer.getValue("usage") instanceof JsonObject usage)) {
            return Tokens.NONE;
        }
        long cached =
                usage.getValue("input_tokens_details") instanceof JsonObject details
                        ? number(details, "cached_tokens")
                        : 0;
        return new Tokens(number(usage, "input_tokens"), cached, number(usage, "output_tokens"));
    }

    private static long number(JsonObject json, String name) {
        return json.getValue(name) instanceof Number number ? number.longValue() : 0;
    }

    /// What the provider calls it; anything long or odd is `other`.
    private static String word(JsonObject json, String name) {
        String word = json == null ? "" : text(json, name);
        return word.matches("[a-z_]{1,40}") ? word : "other";
    }

    /// Empty where it is no text.
    private static String text(JsonObject json, String name) {
        return json.getValue(name) instanceof String text ? text : "";
    }

    private static List<JsonObject> objects(JsonArray array) {
        var objects = new ArrayList<JsonObject>();
        if (array != null) {
            for (Object element : array) {
                if (element instanceof JsonObject object) {
                    objects.add(object);
                }
            }
        }
        return objects;
    }

    /// Why an answer with another status is no analysis.
    static Result refused(
            int status, JsonObject body, Optional<String> shouldRetry, Optional<Duration> after) {
        String code = word(body.getJsonObject("error"), "code");
        if (code.equals("insufficient_quota") || code.equals("credit_balance_exhausted")) {
            return new Result.TryLater("no_quota", Optional.of(Duration.ofHours(1)));
        }
        if (status == 401) {
            return new Result.TryLater("credentials", Optional.of(Duration.ofMinutes(10)));
        }
        boolean passing = status == 408 || status == 409 || status == 429 || status >= 500;
        boolean retry = shouldRetry.map("true"::equals).orElse(passing);
        return retry
                ? new Result.TryLater(status == 429 ? "rate" : "http_" + status, after)
                : new Result.Unavailable("http_" + status);
    }
}
