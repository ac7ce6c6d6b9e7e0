package org.telephonystack.action.booking;

import org.telephonystack.model.tool.ToolResult;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/// The appointments of one number. A stage fails when the store cannot be reached or did not answer in time; then nothing
/// was changed.
@FunctionalInterface
public interface AppointmentStore {

    /// Reads what is known, lets `decide` say what to do, and does it: all in one transaction, while nobody else changes an
    /// appointment of that number. The answer to a change is kept in the same transaction, so that the same tool call is
    /// carried out once and a repetition hears the same.
    ///
    /// @param action the tool's name
    CompletionStage<Done> decide(
            BookingStore.Key key,
            String action,
            Deadline deadline,
            Function<Known, Decision> decide);

    /// @param upcoming confirmed ones that have not begun, earliest first
    /// @param lastName of the client with that number
    /// @param attested whether the network vouches for the number (STIR passed, attestation A)
    /// @param failedProofs of this number within a day
    record Known(
            List<Booking> upcoming, Optional<String> lastName, boolean attested, int failedProofs) {

        public Known {
            upcoming = List.copyOf(upcoming);
        }
    }

    sealed interface Decision {

        /// @param next what follows once the transaction is over
        record Nothing(Supplier<CompletionStage<AppointmentResult>> next) implements Decision {}

        /// @param answer what to say, made from the row
        record Cancel(String booking, Function<Booking, ToolResult> answer) implements Decision {}

        /// @param answer what to say, made from the row as it was stored
        /// @param taken what follows where no resource is free: the appointment stays where it was
        record Move(
                String booking,
                Slot slot,
                Function<Booking, ToolResult> answer,
                Supplier<CompletionStage<AppointmentResult>> taken)
                implements Decision {}
    }

    sealed interface Done {

        record Changed(ToolResult answer, boolean repeated) implements Done {}

        record Unchanged(Supplier<CompletionStage<AppointmentResult>> next) implements Done {}
    }
}
