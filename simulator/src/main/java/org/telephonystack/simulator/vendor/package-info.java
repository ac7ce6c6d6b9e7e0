/// What the simulated model heard and said, judged by the vendor's own types. For tests: they bring openai-java, which nothing else of the
/// simulator needs.
@NullMarked
package org.telephonystack.simulator.vendor;

import org.jspecify.annotations.NullMarked;
