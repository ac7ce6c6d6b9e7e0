package org.telephonystack.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;

/// An event that passed a connection. Sound is left out: its base64 text is replaced by `<n bytes>`.
///
/// @param nanos `System.nanoTime()` when it was received or sent
public record ModelEvent(String type, long nanos, JsonNode body) {}
