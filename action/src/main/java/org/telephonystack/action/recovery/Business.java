package org.telephonystack.action.recovery;

import org.telephonystack.model.PhoneNumber;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/// Of the business, what recovery says and does.
///
/// @param language a BCP 47 tag; `es…` speaks Spanish, everything else English
/// @param transferNumber the person a call can be handed to
public record Business(
        Optional<String> name, String language, Optional<PhoneNumber> transferNumber, ZoneId zone) {

    /// In UTC.
    public Business(Optional<String> name, String language, Optional<PhoneNumber> transferNumber) {
        this(name, language, transferNumber, ZoneOffset.UTC);
    }

    /// No business file was applied yet.
    public static final Business UNNAMED = new Business(Optional.empty(), "en", Optional.empty());
}
