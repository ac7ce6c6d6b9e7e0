package org.telephonystack.simulator.phone;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The parameters of the requests about one call.
final class CallParameters {

    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);

    private final NetworkSettings settings;
    private final CallerPlan plan;
    private final String callSid;

    CallParameters(NetworkSettings settings, CallerPlan plan, String callSid) {
        this.settings = settings;
        this.plan = plan;
        this.callSid = callSid;
    }

    /// The standard set; what the plan adds or replaces included.
    Map<String, String> standard(String callStatus) {
        var all = new LinkedHashMap<String, String>();
        all.put("AccountSid", settings.accountSid());
        all.put("ApiVersion", "2010-04-01");
        all.put("CallSid", callSid);
        all.put("CallStatus", callStatus);
        all.put("Direction", "inbound");
        all.put("From", plan.from());
        all.put("Caller", plan.from());
        all.put("To", settings.number());
        all.put("Called", settings.number());
        place(all, "From", "SAN FRANCISCO", "CA", "94105");
        place(all, "Caller", "SAN FRANCISCO", "CA", "94105");
        place(all, "To", "", "", "");
        place(all, "Called", "", "", "");
        all.put("StirVerstat", "TN-Validation-Passed-A");
        all.putAll(plan.extraParameters());
        return all;
    }

    /// The number's status callback at the end.
    Map<String, String> ended(String callStatus, long seconds) {
        Map<String, String> all = standard(callStatus);
        all.put("CallDuration", String.valueOf(seconds));
        all.put("Duration", String.valueOf((seconds + 59) / 60));
        all.put("CallbackSource", "call-progress-events");
        all.put("SequenceNumber", "0");
        all.put("Timestamp", RFC_2822.format(ZonedDateTime.now(ZoneOffset.UTC)));
        return all;
    }

    /// A child leg of `<Dial>`.
    Map<String, String> leg(String legSid, String number, String callStatus, int sequence) {
        var all = new LinkedHashMap<String, String>();
        all.put("AccountSid", settings.accountSid());
        all.put("ApiVersion", "2010-04-01");
        all.put("CallSid", legSid);
        all.put("ParentCallSid", callSid);
        all.put("CallStatus", callStatus);
        all.put("Direction", "outbound-dial");
        all.put("From", plan.from());
        all.put("To", number);
        all.put("CallbackSource", "call-progress-events");
        all.put("SequenceNumber", String.valueOf(sequence));
        all.put("Timestamp", RFC_2822.format(ZonedDateTime.now(ZoneOffset.UTC)));
        return all;
    }

    /// A stream's status callback.
    ///
    /// @param error empty unless the event is `stream-error`
    Map<String, String> stream(String streamSid, String name, String event, String error) {
        var all = new LinkedHashMap<String, String>();
        all.put("AccountSid", settings.accountSid());
        all.put("CallSid", callSid);
        all.put("StreamSid", streamSid);
        all.put("StreamName", name);
        all.put("StreamEvent", event);
        if (!error.isEmpty()) {
            all.put("StreamError", error);
        }
        all.put("Timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        return all;
    }

    private static void place(
            Map<String, String> all, String of, String city, String state, String zip) {
        all.put(of + "City", city);
        all.put(of + "Country", "US");
        all.put(of + "State", state);
        all.put(of + "Zip", zip);
    }
}
