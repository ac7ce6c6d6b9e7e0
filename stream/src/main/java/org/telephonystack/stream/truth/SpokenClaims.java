package org.telephonystack.stream.truth;

import org.telephonystack.stream.language.LanguageFile;
import org.telephonystack.stream.language.PlainWords;
import org.telephonystack.stream.truth.UnbackedClaim.Kind;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds claims in one language: what is said as done. Questions, offers, conditions, negations and what others said are
/// none; in doubt a sentence is none, because a true sentence must never be corrected.
final class SpokenClaims {

    /// @param isDoing said of this call ("I have booked"), not only of how things are ("is booked")
    /// @param words the part of the sentence that says it
    record Claim(Kind kind, boolean isDoing, String words, SpokenTime time) {}

    private record Said(Kind kind, boolean isDoing, Pattern pattern) {}

    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?;])\\s+|(?=¿)");

    private final List<Said> said = new ArrayList<>();
    private final Pattern abbreviations;
    private final Pattern splits;
    private final Pattern notBefore;
    private final Pattern notAnywhereBefore;
    private final Pattern notAfter;
    private final Pattern notIn;
    private final Pattern timeEnds;
    private final SpokenTimes times;

    SpokenClaims(LanguageFile file) {
        for (Kind kind : Kind.values()) {
            String section = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
            file.section(section + ".doing").forEach(line -> say(kind, true, line));
            file.section(section + ".state").forEach(line -> say(kind, false, line));
        }
        this.abbreviations = anyOf(file, "abbreviation");
        this.splits = anyOf(file, "split");
        this.notBefore = anyOf(file, "not-before");
        this.notAnywhereBefore = anyOf(file, "not-anywhere-before");
        this.notAfter = anyOf(file, "not-after");
        this.notIn = anyOf(file, "not-in");
        this.timeEnds = anyOf(file, "time-ends");
        this.times = new SpokenTimes(file);
    }

    List<Claim> in(String text, LocalDate today) {
        String plain =
                abbreviations
                        .matcher(PlainWords.of(text))
                        .replaceAll(match -> match.group().replaceAll("[. ]", ""));
        List<Claim> claims = new ArrayList<>();
        for (String sentence : SENTENCE_END.split(plain)) {
            for (String clause : splits.split(sentence)) {
                if (!isQuestion(clause)) {
                    said.forEach(what -> find(what, clause.strip(), today, claims));
                }
            }
        }
        return claims;
    }

    private void find(Said what, String clause, LocalDate today, List<Claim> claims) {
        Matcher match = what.pattern().matcher(clause);
        if (!match.find() || notIn.matcher(clause).find()) {
            return;
        }
        String before = clause.substring(0, match.start());
        String sincePause = clause.substring(before.lastIndexOf(',') + 1, match.end());
        boolean isNone =
                notBefore.matcher(sincePause).find()
                        || notAnywhereBefore.matcher(clause.substring(0, match.end())).find()
                        || notAfter.matcher(clause.substring(match.end())).lookingAt();
        if (!isNone) {
            claims.add(new Claim(what.kind(), what.isDoing(), clause, time(clause, match, today)));
        }
    }

    /// Only what is said of the thing itself: "…, please call us before Monday" is another matter.
    private SpokenTime time(String clause, Matcher match, LocalDate today) {
        int from = clause.lastIndexOf(',', match.start()) + 1;
        Matcher end = timeEnds.matcher(clause);
        int to = end.find(match.end()) ? end.start() : clause.length();
        return times.in(clause.substring(from, to), today);
    }

    private static boolean isQuestion(String clause) {
        return clause.startsWith("¿") || clause.strip().endsWith("?");
    }

    private void say(Kind kind, boolean isDoing, String line) {
        said.add(new Said(kind, isDoing, PlainWords.pattern(line)));
    }

    private static Pattern anyOf(LanguageFile file, String section) {
        List<String> lines = file.section(section);
        return PlainWords.pattern(lines.isEmpty() ? "(?!)" : "(?:" + String.join("|", lines) + ")");
    }
}
