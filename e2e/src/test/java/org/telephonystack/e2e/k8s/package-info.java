/// The manifests, metrics and documents of operating it, checked against the code.
@NullMarked
package org.telephonystack.e2e.k8s;

import org.jspecify.annotations.NullMarked;
