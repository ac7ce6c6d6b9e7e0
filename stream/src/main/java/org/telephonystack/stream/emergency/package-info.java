/// Callers who need an ambulance, the fire brigade or the police, and what they are told.
///
/// For each thing the caller said: `emergencies.of(words).ifPresent(line -> …)`, once a call is enough. The line is fixed and
/// said word for word; it never replaces a person. Patterns and lines are data: `emergency/<language>.txt`.
@NullMarked
package org.telephonystack.stream.emergency;

import org.jspecify.annotations.NullMarked;
