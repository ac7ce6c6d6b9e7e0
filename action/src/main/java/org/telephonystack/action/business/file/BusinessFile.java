package org.telephonystack.action.business.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import org.telephonystack.action.business.AdmissionRules;
import org.telephonystack.action.business.BookingRules;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.Profile;
import org.telephonystack.action.business.Service;
import org.telephonystack.model.PhoneNumber;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Reads a business file. Format and example: `docs/business-file.md`.
public final class BusinessFile {

    /// What reading comes to.
    public sealed interface Reading {
        record Valid(Business business, AdmissionRules admission) implements Reading {}

        /// @param problems one line each, beginning with the path of the value
        record Invalid(List<String> problems) implements Reading {}
    }

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final Set<String> LANGUAGES = Set.of("en", "es");
    private static final Predicate<String> SERVICE_NAME =
            Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}").asMatchPredicate();
    private static final Predicate<String> WEB_ADDRESS =
            Pattern.compile("https?://[^\\s/]+\\S*").asMatchPredicate();

    private static final int NAME_LENGTH = 80;
    private static final int TEXT_LENGTH = 4000;

    private BusinessFile() {}

    public static Reading read(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json.startsWith("\uFEFF") ? json.substring(1) : json);
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            String line = where == null ? "" : "line " + where.getLineNr() + ": ";
            return new Reading.Invalid(List.of(line + "no JSON: " + e.getOriginalMessage()));
        }
        var problems = new ArrayList<String>();
        var file = new Section(root, "", problems);
        Business business = business(file);
        AdmissionRules admission = AdmissionReader.read(file);
        return problems.isEmpty()
                ? new Reading.Valid(business, admission)
                : new Reading.Invalid(List.copyOf(problems));
    }

    /// With problems, what stands in the business is no use to anybody.
    private static Business business(Section file) {
        file.allowOnly(
                "name",
                "zone",
                "language",
                "persona",
                "voice",
                "disclosure",
                "transferNumber",
                "bookingLink",
                "booking",
                "hours",
                "holidays",
                "services",
                "resources",
                "blockedCallers",
                "limits");
        return new Business(
                profile(file),
                rules(file.section("booking")),
                HoursReader.read(file),
                services(file),
                resources(file));
    }

    private static Profile profile(Section file) {
        String language = file.text("language", 20).orElse("en");
        if (!LANGUAGES.contains(Locale.forLanguageTag(language).getLanguage())) {
            file.problem("language", "is neither en nor es");
        }
        Optional<String> transfer = file.text("transferNumber", 20);
        if (transfer.isPresent() && PhoneNumber.parse(transfer.get()).isEmpty()) {
            file.problem("transferNumber", "is no E.164 number, e.g. +14155550100");
        }
        Optional<String> link = file.text("bookingLink", 500);
        if (link.isPresent() && !WEB_ADDRESS.test(link.get())) {
            file.problem("bookingLink", "is no web address, e.g. https://example.com/book");
        }
        return new Profile(
                file.requiredText("name", NAME_LENGTH),
                zone(file),
                language,
                file.requiredText("persona", TEXT_LENGTH),
                file.text("voice", 40).orElse("shimmer"),
                file.text("disclosure", 500),
                transfer.flatMap(PhoneNumber::parse),
                link);
    }

    private static ZoneId zone(Section file) {
        String zone = file.requiredText("zone", 60);
        try {
            if (zone.contains("/")) {
                return ZoneId.of(zone);
            }
        } catch (DateTimeException e) {
            // reported below, with the same words as an abbreviation
        }
        if (!zone.isEmpty()) {
            file.problem("zone", "is no time zone, e.g. America/New_York");
        }
        return ZoneOffset.UTC;
    }

    private static BookingRules rules(Section booking) {
        booking.allowOnly("stepMinutes", "leadMinutes", "horizonDays");
        return new BookingRules(
                Duration.ofMinutes(booking.number("stepMinutes", 5, 240).orElse(30)),
                Duration.ofMinutes(booking.number("leadMinutes", 0, 60 * 24 * 30).orElse(60)),
                booking.number("horizonDays", 1, 365).orElse(60));
    }

    private static List<Service> services(Section file) {
        var names = new HashSet<String>();
        var services = new ArrayList<Service>();
        for (Section one : file.sections("services")) {
            one.allowOnly("name", "label", "minutes", "buffer");
            String name = one.requiredText("name", 40);
            if (!name.isEmpty() && !SERVICE_NAME.test(name)) {
                one.problem("name", "has more than small letters, digits, - and _");
            }
            if (!names.add(name)) {
                one.problem("name", "is there twice");
            }
            services.add(
                    new Service(
                            name,
                            one.text("label", NAME_LENGTH).orElse(name),
                            Duration.ofMinutes(one.requiredNumber("minutes", 5, 1440)),
                            Duration.ofMinutes(one.number("buffer", 0, 480).orElse(0))));
        }
        if (services.isEmpty()) {
            file.problem("services", "names none; at least one is needed");
        }
        return services;
    }

    private static List<String> resources(Section file) {
        List<String> resources = file.texts("resources", NAME_LENGTH);
        if (resources.isEmpty()) {
            file.problem("resources", "names none; at least one chair, room or person is needed");
        }
        if (new HashSet<>(resources).size() < resources.size()) {
            file.problem("resources", "names one twice");
        }
        return resources;
    }

    static JsonNode nothing() {
        return MissingNode.getInstance();
    }
}
