package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.model.settings.Environment;

import java.util.HashMap;
import java.util.Map;

class StreamEnvironmentTest {

    private static final Map<String, String> GOOD =
            Map.of(
                    "PUBLIC_BASE_URL", "https://voice.example.com",
                    "TWILIO_AUTH_TOKEN", "token",
                    "TICKET_SECRET", "t".repeat(32),
                    "SERVICE_SECRET", "s".repeat(32),
                    "ACTION_INTERNAL_URL", "http://action:8080",
                    "DATABASE_URL", "postgresql://u:p@h:5432/d",
                    "OPENAI_API_KEY", "sk-x");

    @Test
    void whatIsNeededIsEnough() {
        assertThat(StreamEnvironment.check(new Environment(GOOD)).problems()).isEmpty();
    }

    @Test
    void everythingThatIsMissingIsNamedAtOnce() {
        assertThat(StreamEnvironment.check(new Environment(Map.of())).problems())
                .hasSize(GOOD.size())
                .allMatch(problem -> problem.contains("is not set: needed to "));
    }

    @Test
    void theStreamsOwnAddressReplacesTheCommonOne() {
        var own = new HashMap<>(GOOD);
        own.remove("PUBLIC_BASE_URL");
        own.put("STREAM_PUBLIC_URL", "https://stream.example.com");

        assertThat(StreamEnvironment.check(new Environment(own)).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9000", "ws://sim:9000/v1/", "wss://h/v1/realtime"})
    void theModelsAddressMayBeAWebSocketsToo(String base) {
        var simulated = new HashMap<>(GOOD);
        simulated.put("OPENAI_BASE_URL", base);

        assertThat(StreamEnvironment.check(new Environment(simulated)).problems()).isEmpty();
    }

    @Test
    void whatIsWrongIsNamedWithoutItsValue() {
        var wrong = new HashMap<>(GOOD);
        wrong.put("TICKET_SECRET", "short-secret");
        wrong.put("DATABASE_URL", "mysql://u:hidden@h/d");
        wrong.put("ACTION_INTERNAL_URL", "action:8080");

        assertThat(StreamEnvironment.check(new Environment(wrong)).problems())
                .hasSize(3)
                .noneMatch(
                        problem -> problem.contains("short-secret") || problem.contains("hidden"));
    }

    @Test
    void azureIsConfiguredWholeOrNotAtAll() {
        var half = new HashMap<>(GOOD);
        half.put("AZURE_OPENAI_ENDPOINT", "https://r.openai.azure.com");

        assertThat(StreamEnvironment.check(new Environment(half)).problems())
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("AZURE_OPENAI_API_KEY is not set"))
                .anyMatch(problem -> problem.startsWith("AZURE_OPENAI_DEPLOYMENT is not set"));

        half.put("AZURE_OPENAI_API_KEY", "k");
        half.put("AZURE_OPENAI_DEPLOYMENT", "gpt-realtime-2.1");
        assertThat(StreamEnvironment.check(new Environment(half)).problems()).isEmpty();
    }
}
