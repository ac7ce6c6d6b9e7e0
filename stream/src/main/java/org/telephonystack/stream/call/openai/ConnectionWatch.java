package org.telephonystack.stream.call.openai;

import org.telephonystack.stream.call.ModelEvent.Trouble;

import java.time.Duration;

/// Learns how a connection fares, whoever it serves. On the connection's event loop.
interface ConnectionWatch {

    /// The session took its first brief.
    void ready();

    /// A call was briefed, and its first orders are out.
    default void used() {}

    /// The other side will not serve us any more, though the connection lives.
    void refused(String code);

    /// The other side answered a ping.
    ///
    /// @param took there and back
    default void answered(Duration took) {}

    /// Over, not by us.
    void lost(Trouble trouble, String detail);

    /// Over, by us.
    void closed();

    ConnectionWatch NOBODY =
            new ConnectionWatch() {
                @Override
                public void ready() {}

                @Override
                public void refused(String code) {}

                @Override
                public void lost(Trouble trouble, String detail) {}

                @Override
                public void closed() {}
            };
}
