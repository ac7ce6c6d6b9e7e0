package org.telephonystack.simulator.stack;

/// Ways to run PostgreSQL, which refuses to be run by root.
public enum RunAs {
    /// Not root: as whoever we are.
    OURSELVES,
    /// Root that may make user namespaces: the same user outside, nobody inside.
    UNSHARED,
    /// Root that may not, as in most containers: an unprivileged user of the machine.
    UNPRIVILEGED
}
