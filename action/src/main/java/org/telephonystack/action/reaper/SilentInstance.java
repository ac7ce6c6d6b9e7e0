package org.telephonystack.action.reaper;

import java.time.Duration;
import java.util.UUID;

/// A stream process of which the database has heard nothing for a while, and whose calls have not ended.
///
/// @param address where it said that it can be asked: `http://10.0.3.7:9000`
/// @param silent since its last heartbeat, by the database's clock
/// @param stopped it said itself that it leaves
public record SilentInstance(UUID id, String address, Duration silent, boolean stopped) {}
