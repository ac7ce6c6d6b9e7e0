package org.telephonystack.action.business;

import org.telephonystack.model.PhoneNumber;

import java.time.ZoneId;
import java.util.Optional;

/// Who answers, and how it speaks.
///
/// @param language a language tag such as `en` or `es-MX`
/// @param disclosure what a caller must be told at the start, e.g. that a machine answers
/// @param bookingLink where people can book by themselves
public record Profile(
        String name,
        ZoneId zone,
        String language,
        String persona,
        String voice,
        Optional<String> disclosure,
        Optional<PhoneNumber> transferNumber,
        Optional<String> bookingLink) {}
