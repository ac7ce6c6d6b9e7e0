package org.telephonystack.frontdoor.telemetry;

/// The three together, for those who need all.
public record Telemetry(FrontdoorLog log, FrontdoorMetrics metrics, WebhookSpans spans) {}
