/// Analyses and their jobs in PostgreSQL.
@NullMarked
package org.telephonystack.action.analysis.postgres;

import org.jspecify.annotations.NullMarked;
