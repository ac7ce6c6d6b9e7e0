/// Sentences recorded beforehand (`clips/<clip>.<language>.ulaw`, rendered by `scripts/render-clips.sh`).
@NullMarked
package org.telephonystack.stream.clip;

import org.jspecify.annotations.NullMarked;
