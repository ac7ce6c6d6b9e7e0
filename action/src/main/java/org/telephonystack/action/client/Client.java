package org.telephonystack.action.client;

import org.telephonystack.model.PhoneNumber;

import java.util.Optional;

/// A person we know by number.
public record Client(PhoneNumber phone, Optional<String> firstName, Optional<String> lastName) {}
