package org.telephonystack.action.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/// What calls were about, found out after them.
@ConfigMapping(prefix = "telephony.analysis")
interface AnalysisConfig {

    /// `OPENAI_API_KEY`. Without a key no call is analysed.
    Optional<String> apiKey();

    /// `OPENAI_BASE_URL`.
    @WithDefault("https://api.openai.com/v1")
    String baseUrl();

    /// The model; on Azure the deployment.
    @WithDefault("gpt-6.1-terra")
    String model();

    /// Thinking included.
    @WithDefault("4000")
    int maxOutputTokens();

    /// For the whole answer.
    @WithDefault("60s")
    Duration timeout();

    /// Calls analysed within 24 hours; the ones beyond go without.
    @WithDefault("1000")
    int mostADay();

    /// How often calls to be analysed are looked for.
    @WithDefault("5s")
    String every();
}
