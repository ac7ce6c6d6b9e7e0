/// What the services tell each other about one call, over HTTP and in the database.
@NullMarked
package org.telephonystack.model.call;

import org.jspecify.annotations.NullMarked;
