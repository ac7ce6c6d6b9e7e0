package org.telephonystack.action.booking;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolResult;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// The calendar. A stage fails when the store cannot be reached or did not answer in time; then nothing may be promised.
public interface BookingStore {

    /// What is booked in `[from, until)`.
    CompletionStage<Diary> diary(Instant from, Instant until);

    /// What was answered before to the same tool call, or to the same wish of the same call (without a CallSid: of the same
    /// number).
    CompletionStage<Optional<ToolResult>> earlierAnswer(
            Key key, Instant start, Function<Booking, ToolResult> answer);

    /// Books one resource for the slot, or nothing. The answer is made from the stored row and kept in the same
    /// transaction, so that a repetition hears the same.
    CompletionStage<Booked> book(Order order, Function<Booking, ToolResult> answer);

    /// @param service its name
    /// @param deadline after which nothing is committed; the stage fails then
    record Order(Key key, String service, Slot slot, Deadline deadline) {}

    /// What makes a wish to book the same wish.
    record Key(PhoneNumber caller, Optional<CallSid> callSid, Optional<String> toolCallId) {}

    sealed interface Booked {
        record New(ToolResult answer) implements Booked {}

        record Repeated(ToolResult answer) implements Booked {}

        record SlotTaken() implements Booked {}
    }
}
