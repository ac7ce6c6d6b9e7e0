package org.telephonystack.frontdoor.call;

import org.telephonystack.model.PhoneNumber;

import java.util.Optional;

/// What a caller gets when action cannot say what to do.
///
/// @param reconnect whether the first lost stream is simply connected again
/// @param human the number of a person who takes calls that nothing else can, if there is one
public record SafeDefault(boolean reconnect, Optional<PhoneNumber> human) {}
