package org.telephonystack.action.followup;

import org.telephonystack.action.booking.Deadline;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Where follow-ups are kept. Each is stored with its answer in one transaction: the same tool call is carried out once, and
/// a repetition hears the same. A stage fails when the store cannot be reached or the deadline has passed; then nothing was
/// stored.
public interface FollowUpStore {

    /// Opens a support case; a number that is no client's becomes one.
    ///
    /// @param answer what to say, made from the case's id
    CompletionStage<ToolResult> openTicket(
            ToolCall call,
            PhoneNumber caller,
            String subject,
            Deadline deadline,
            Function<String, ToolResult> answer);

    CompletionStage<ToolResult> noteMessage(
            ToolCall call,
            Optional<PhoneNumber> caller,
            String message,
            Deadline deadline,
            ToolResult answer);

    /// Queues a text, once a call. A number that opted out, or was texted too often today, gets none.
    ///
    /// @param queued the answer where it is on its way
    /// @param refused the answer where it cannot be sent
    CompletionStage<ToolResult> queueBookingLink(
            ToolCall call,
            PhoneNumber to,
            String body,
            Deadline deadline,
            ToolResult queued,
            ToolResult refused);
}
