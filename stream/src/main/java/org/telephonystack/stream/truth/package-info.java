/// The truth gate: whether what the assistant says was done is backed by a result.
///
/// A call keeps one [CallFacts], tells it the caller's known appointments and every tool result as it comes in, and asks
/// [TruthGate#check] once for each thing the assistant said (an item's words when they are complete, or sentence by sentence):
///
/// ```java
/// var facts = new CallFacts(zone);                                  // when the context is known
/// context.latestBookings().forEach(b -> facts.known(b.time(), b.status()));
/// facts.add(call.name(), result);                                   // every tool result, late ones too
/// gate.check(words, facts, now).ifPresent(claim -> {
///     observe(claim.kind());                                        // counted, on the trace; the words are never logged
///     model.note(claim.correction());                               // and an answer is asked for
/// });
/// ```
///
/// Patterns are data: `truth/<language>.txt`. Being wrong is not symmetric: a false claim that is missed is as bad as without
/// the gate, a true sentence that is flagged makes the assistant take back the truth. In doubt nothing is a claim.
@NullMarked
package org.telephonystack.stream.truth;

import org.jspecify.annotations.NullMarked;
