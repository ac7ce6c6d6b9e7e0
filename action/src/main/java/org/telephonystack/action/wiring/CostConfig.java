package org.telephonystack.action.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.math.BigDecimal;

/// What a million tokens (or a minute) cost, by the provider's list. Where all are 0, calls have no cost.
@ConfigMapping(prefix = "telephony.cost")
interface CostConfig {

    @WithDefault("USD")
    String currency();

    @WithDefault("0")
    BigDecimal textIn();

    @WithDefault("0")
    BigDecimal textCached();

    @WithDefault("0")
    BigDecimal audioIn();

    @WithDefault("0")
    BigDecimal audioCached();

    @WithDefault("0")
    BigDecimal textOut();

    @WithDefault("0")
    BigDecimal audioOut();

    /// Of the model that writes down the caller's words, where it is paid by token.
    @WithDefault("0")
    BigDecimal transcriptionTextIn();

    @WithDefault("0")
    BigDecimal transcriptionAudioIn();

    @WithDefault("0")
    BigDecimal transcriptionTextOut();

    /// Of a minute, where it is paid by time.
    @WithDefault("0")
    BigDecimal transcriptionMinute();

    /// Of the model that reads transcripts.
    @WithDefault("0")
    BigDecimal analysisIn();

    @WithDefault("0")
    BigDecimal analysisCached();

    @WithDefault("0")
    BigDecimal analysisOut();
}
