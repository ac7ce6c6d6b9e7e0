/// What every service gives Quarkus in the same words: spans, meters and log lines at its edge.
@NullMarked
package org.telephonystack.quarkus;

import org.jspecify.annotations.NullMarked;
