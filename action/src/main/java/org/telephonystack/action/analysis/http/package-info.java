/// The model that reads transcripts, over HTTP.
@NullMarked
package org.telephonystack.action.analysis.http;

import org.jspecify.annotations.NullMarked;
