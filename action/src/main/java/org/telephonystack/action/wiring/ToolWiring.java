package org.telephonystack.action.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.mutiny.sqlclient.Pool;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.telephonystack.action.booking.AppointmentDesk;
import org.telephonystack.action.booking.BookingDesk;
import org.telephonystack.action.booking.BookingStore;
import org.telephonystack.action.booking.postgres.PgAppointmentStore;
import org.telephonystack.action.booking.postgres.PgBookingStore;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.business.postgres.PgBusinessStore;
import org.telephonystack.action.client.ClientStore;
import org.telephonystack.action.client.TicketStore;
import org.telephonystack.action.client.postgres.PgClientStore;
import org.telephonystack.action.client.postgres.PgTicketStore;
import org.telephonystack.action.followup.ToDo;
import org.telephonystack.action.followup.postgres.PgFollowUpStore;
import org.telephonystack.action.followup.postgres.PgToDo;
import org.telephonystack.action.security.ServiceSecret;
import org.telephonystack.action.tool.Appointments;
import org.telephonystack.action.tool.CallerLimit;
import org.telephonystack.action.tool.Callers;
import org.telephonystack.action.tool.CancelBookingTool;
import org.telephonystack.action.tool.CheckScheduleTool;
import org.telephonystack.action.tool.CreateBookingTool;
import org.telephonystack.action.tool.CreateTicketTool;
import org.telephonystack.action.tool.EndCallTool;
import org.telephonystack.action.tool.ListBookingsTool;
import org.telephonystack.action.tool.ListTicketsTool;
import org.telephonystack.action.tool.RescheduleBookingTool;
import org.telephonystack.action.tool.SendBookingLinkTool;
import org.telephonystack.action.tool.TakeMessageTool;
import org.telephonystack.action.tool.ToolDispatcher;
import org.telephonystack.action.tool.ToolDispatcher.Registration;
import org.telephonystack.action.tool.TransferToHumanTool;
import org.telephonystack.action.tool.http.ToolCallHandler;
import org.telephonystack.action.tool.http.ToolTelemetry;
import org.telephonystack.action.tool.postgres.PgCallDirectory;
import org.telephonystack.action.tool.postgres.PgToolMemory;
import org.telephonystack.model.tool.Tools;
import org.telephonystack.quarkus.TraceConfig;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// Tools, bookings, the business and its clients.
final class ToolWiring {

    /// What `most-a-minute` counts within.
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Produces
    @Singleton
    BusinessStore businessStore(Pool pool) {
        return new PgBusinessStore(pool);
    }

    @Produces
    @Singleton
    CurrentBusiness currentBusiness(BusinessStore store) {
        return new CurrentBusiness(store);
    }

    @Produces
    @Singleton
    ClientStore clientStore(Pool pool) {
        return new PgClientStore(pool);
    }

    @Produces
    @Singleton
    TicketStore ticketStore(Pool pool) {
        return new PgTicketStore(pool);
    }

    @Produces
    @Singleton
    ToDo toDo(Pool pool) {
        return new PgToDo(pool);
    }

    @Produces
    @Singleton
    BookingStore bookingStore(Pool pool) {
        return new PgBookingStore(pool);
    }

    @Produces
    @Singleton
    ToolTelemetry toolTelemetry(MeterRegistry meters) {
        return new ToolTelemetry(meters);
    }

    /// A new tool is one more line here.
    @Produces
    @Singleton
    ToolDispatcher toolDispatcher(
            CurrentBusiness business,
            BookingStore bookings,
            TicketStore tickets,
            ToolTelemetry telemetry,
            ToolConfig config,
            RecoveryConfig recovery,
            RecoverySchedule schedule,
            Pool pool) {
        var desk = new BookingDesk(business, bookings, Clock.systemUTC(), config.bookingLimit());
        var callerLimit = new CallerLimit(config.mostAMinute(), MINUTE, Clock.systemUTC());
        var callers = new Callers(new PgCallDirectory(pool, MINUTE), callerLimit);
        var appointmentDesk =
                new AppointmentDesk(
                        business, new PgAppointmentStore(pool), bookings, Clock.systemUTC());
        var followUps = new PgFollowUpStore(pool, recovery.textsADay());
        Duration limit = config.bookingLimit();
        var appointments = new Appointments(callers, business, telemetry, config.bookingLimit());
        return new ToolDispatcher(
                business,
                telemetry,
                new PgToolMemory(pool, MINUTE),
                callers,
                callerLimit,
                List.of(
                        new Registration<>(Tools.CHECK_SCHEDULE, new CheckScheduleTool(desk)),
                        new Registration<>(
                                Tools.CREATE_BOOKING,
                                new CreateBookingTool(desk, callers, business, telemetry)),
                        new Registration<>(
                                Tools.LIST_BOOKINGS,
                                new ListBookingsTool(appointmentDesk, appointments)),
                        new Registration<>(
                                Tools.RESCHEDULE_BOOKING,
                                new RescheduleBookingTool(appointmentDesk, appointments)),
                        new Registration<>(
                                Tools.CANCEL_BOOKING,
                                new CancelBookingTool(appointmentDesk, appointments)),
                        new Registration<>(
                                Tools.LIST_TICKETS,
                                new ListTicketsTool(tickets, appointmentDesk, appointments)),
                        new Registration<>(
                                Tools.CREATE_TICKET,
                                new CreateTicketTool(followUps, callers, business, limit)),
                        new Registration<>(
                                Tools.TAKE_MESSAGE,
                                new TakeMessageTool(followUps, callers, business, limit)),
                        new Registration<>(
                                Tools.SEND_BOOKING_LINK,
                                new SendBookingLinkTool(
                                        followUps, callers, business, limit, schedule::pumpSoon)),
                        new Registration<>(
                                Tools.TRANSFER_TO_HUMAN,
                                new TransferToHumanTool(business, Clock.systemUTC())),
                        new Registration<>(Tools.END_CALL, new EndCallTool(business))));
    }

    @Produces
    @Singleton
    ToolCallHandler toolCallHandler(
            ServiceSecret secret,
            ToolDispatcher dispatcher,
            ToolTelemetry telemetry,
            OpenTelemetry openTelemetry,
            TraceConfig trace,
            ToolConfig config) {
        return new ToolCallHandler(
                secret, dispatcher, telemetry, openTelemetry, trace.ratio(), config.limit());
    }
}
