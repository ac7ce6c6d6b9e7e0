/// The people who call: their names and their support cases.
@NullMarked
package org.telephonystack.action.client;

import org.jspecify.annotations.NullMarked;
