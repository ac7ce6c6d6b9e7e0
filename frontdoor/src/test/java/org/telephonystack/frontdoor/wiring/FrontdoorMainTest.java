package org.telephonystack.frontdoor.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;

class FrontdoorMainTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @Test
    void aCompleteEnvironmentHasNoProblem() {
        assertThat(FrontdoorMain.problems(complete())).isEmpty();
    }

    @Test
    void anEmptyEnvironmentSaysEverythingAtOnceOneLineEach() {
        assertThat(FrontdoorMain.problems(Map.of()))
                .hasSize(5)
                .allMatch(line -> !line.contains("\n") && line.contains("needed to"))
                .anyMatch(line -> line.startsWith("PUBLIC_BASE_URL is not set"))
                .anyMatch(line -> line.startsWith("ACTION_INTERNAL_URL is not set"))
                .anyMatch(line -> line.startsWith("TWILIO_AUTH_TOKEN is not set"))
                .anyMatch(line -> line.startsWith("TICKET_SECRET is not set"))
                .anyMatch(line -> line.startsWith("SERVICE_SECRET is not set"));
    }

    @Test
    void threeAddressesStandInForOne() {
        var variables = complete();
        variables.remove("PUBLIC_BASE_URL");
        variables.put("FRONTDOOR_PUBLIC_URL", "https://front.example.com");
        variables.put("STREAM_PUBLIC_URL", "https://stream.example.com");

        assertThat(FrontdoorMain.problems(variables))
                .singleElement()
                .asString()
                .startsWith("PUBLIC_BASE_URL is not set");

        variables.put("ACTION_PUBLIC_URL", "https://action.example.com");
        assertThat(FrontdoorMain.problems(variables)).isEmpty();
    }

    @Test
    void aProblemNeverShowsTheValue() {
        var variables = complete();
        variables.put("TICKET_SECRET", "hush");
        variables.put("PUBLIC_BASE_URL", "https://user:hush@voice.example.com");
        variables.put("TELEPHONY_LANGUAGE", "tlh");
        variables.put("TELEPHONY_HUMAN_NUMBER", "0800 hush");

        assertThat(FrontdoorMain.problems(variables))
                .hasSize(4)
                .noneMatch(line -> line.contains("hush"));
    }

    @Test
    void theOriginalsVariablesGetAHint() {
        assertThat(FrontdoorMain.hints(Map.of("SUPABASE_URL", "https://x.supabase.co")))
                .singleElement()
                .asString()
                .contains("SUPABASE_URL is no longer read", "DATABASE_URL");
    }

    private static Map<String, String> complete() {
        return new HashMap<>(
                Map.of(
                        "PUBLIC_BASE_URL", "https://voice.example.com",
                        "ACTION_INTERNAL_URL", "http://action:8080",
                        "TWILIO_AUTH_TOKEN", "12345",
                        "TICKET_SECRET", SECRET,
                        "SERVICE_SECRET", SECRET));
    }
}
