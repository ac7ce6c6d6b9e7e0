package org.telephonystack.action.tool;

import org.telephonystack.action.business.Business;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Carries out one tool. A new tool is a class like this and its line in the wiring.
///
/// @param <P> the record of its parameters, already read and checked
public interface ToolHandler<P extends Record> {

    /// A failed stage means that what we depend on is away; then [#unavailable] is said.
    CompletionStage<ToolResult> handle(P parameters, ToolCall call);

    /// Says that it did not work, and promises nothing.
    ///
    /// @param business the last one known, for language and booking link
    ToolResult unavailable(Optional<Business> business);

    /// Which answers are kept for a repetition of the call, beside what the handler stores itself. An answer that says that
    /// it did not work is never kept.
    default Keeps keeps() {
        return Keeps.EVERYTHING;
    }

    enum Keeps {
        /// It needs no database and shall not wait for one.
        NOTHING,
        /// A success is stored with its effect, in one transaction.
        REFUSALS,
        EVERYTHING
    }
}
