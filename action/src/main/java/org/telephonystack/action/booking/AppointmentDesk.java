package org.telephonystack.action.booking;

import org.telephonystack.action.booking.AppointmentStore.Decision;
import org.telephonystack.action.booking.AppointmentStore.Done;
import org.telephonystack.action.booking.AppointmentStore.Known;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.business.Service;
import org.telephonystack.model.tool.ToolResult;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Reads back, cancels and moves the appointments of the number that calls.
public final class AppointmentDesk {

    private final CurrentBusiness current;
    private final AppointmentStore store;
    private final BookingStore calendar;
    private final Clock clock;

    public AppointmentDesk(
            CurrentBusiness current, AppointmentStore store, BookingStore calendar, Clock clock) {
        this.current = current;
        this.store = store;
        this.calendar = calendar;
        this.clock = clock;
    }

    public CompletionStage<AppointmentResult> list(AppointmentRequest request) {
        return withBusiness(business ->
                decide(
                        request,
                        business,
                        known ->
                                nothing(
                                        new AppointmentResult.Upcoming(
                                                business, known.upcoming()))));
    }

    /// @param answer what to say of a cancelled appointment, made from its row
    public CompletionStage<AppointmentResult> cancel(
            AppointmentRequest request, BiFunction<Business, Booking, ToolResult> answer) {
        return withBusiness(business ->
                decide(
                        request,
                        business,
                        known ->
                                theOne(
                                        request,
                                        business,
                                        known,
                                        booking ->
                                                new Decision.Cancel(
                                                        booking.id(),
                                                        row -> answer.apply(business, row)))));
    }

    /// @param time the new start, ISO 8601
    /// @param answer what to say of a moved appointment, made from its row
    public CompletionStage<AppointmentResult> move(
            AppointmentRequest request,
            String time,
            BiFunction<Business, Booking, ToolResult> answer) {
        return withBusiness(business ->
                switch (Wish.parse(time, business.profile().zone())) {
                    case Wish.Anytime() -> unclear(business);
                    case Wish.Unclear() -> unclear(business);
                    case Wish.OnDay(var day) ->
                            done(new AppointmentResult.TimeMissing(business, day));
                    case Wish.At(var start) -> move(request, business, start, answer);
                });
    }

    private CompletionStage<AppointmentResult> move(
            AppointmentRequest request,
            Business business,
            Instant start,
            BiFunction<Business, Booking, ToolResult> answer) {
        return decide(
                request,
                business,
                known ->
                        theOne(
                                request,
                                business,
                                known,
                                booking ->
                                        moved(
                                                business,
                                                booking,
                                                start,
                                                row -> answer.apply(business, row))));
    }

    private Decision moved(
            Business business,
            Booking booking,
            Instant start,
            Function<Booking, ToolResult> answer) {
        Service service = serviceOf(booking, business);
        var search = new SlotSearch(business, service, clock.instant(), calendar);
        Slot slot = Slot.of(start, service);
        return search.objectionTo(slot).isPresent()
                ? new Decision.Nothing(() -> instead(search.answer(new Wish.At(start))))
                : new Decision.Move(
                        booking.id(),
                        slot,
                        answer,
                        () -> instead(search.later(start, Availability.Match.WISH_IS_TAKEN)));
    }

    private CompletionStage<AppointmentResult> decide(
            AppointmentRequest request, Business business, Function<Known, Decision> ifProven) {
        ZoneId zone = business.profile().zone();
        return store.decide(
                        request.key(),
                        request.action(),
                        request.deadline(),
                        known ->
                                ProofRule.isProven(known, request.proof(), zone)
                                        ? ifProven.apply(known)
                                        : nothing(
                                                new AppointmentResult.NotProven(
                                                        business, request.proof().isAttempted())))
                .thenCompose(done ->
                        switch (done) {
                            case Done.Changed(var answer, var repeated) ->
                                    done(new AppointmentResult.Changed(answer, repeated));
                            case Done.Unchanged(var next) -> next.get();
                        });
    }

    /// The only one there is, or the one at the time the caller named.
    private static Decision theOne(
            AppointmentRequest request,
            Business business,
            Known known,
            Function<Booking, Decision> change) {
        List<Booking> meant =
                request.proof()
                        .time()
                        .map(time -> Wish.parse(time, business.profile().zone()))
                        .map(wish -> matching(wish, known.upcoming(), business.profile().zone()))
                        .orElse(known.upcoming());
        if (meant.size() == 1) {
            return change.apply(meant.getFirst());
        }
        List<Booking> choice = meant.isEmpty() ? known.upcoming() : meant;
        return nothing(
                choice.isEmpty()
                        ? new AppointmentResult.Upcoming(business, List.of())
                        : new AppointmentResult.WhichOne(business, choice));
    }

    private static List<Booking> matching(Wish wish, List<Booking> upcoming, ZoneId zone) {
        return switch (wish) {
            case Wish.Anytime(), Wish.Unclear() -> upcoming;
            case Wish.OnDay(var day) ->
                    upcoming.stream()
                            .filter(booking ->
                                    LocalDate.ofInstant(booking.start(), zone).equals(day))
                            .toList();
            case Wish.At(var start) ->
                    upcoming.stream().filter(booking -> booking.start().equals(start)).toList();
        };
    }

    /// A service that is no longer offered keeps its name, and takes as long as the first one that is.
    private static Service serviceOf(Booking booking, Business business) {
        return business.services().stream()
                .filter(service -> service.name().equals(booking.service()))
                .findFirst()
                .orElseGet(() -> {
                    Service usual = business.services().getFirst();
                    return new Service(
                            booking.service(), booking.service(), usual.duration(), usual.buffer());
                });
    }

    private static CompletionStage<AppointmentResult> instead(
            CompletionStage<Availability> availability) {
        return availability.thenApply(AppointmentResult.Unavailable::new);
    }

    private CompletionStage<AppointmentResult> withBusiness(
            Function<Business, CompletionStage<AppointmentResult>> work) {
        return current.load()
                .thenCompose(business ->
                        business.map(work)
                                .orElseGet(() ->
                                        done(
                                                new AppointmentResult.Unavailable(
                                                        new Availability.NotSetUp()))));
    }

    private static CompletionStage<AppointmentResult> unclear(Business business) {
        return done(new AppointmentResult.Unavailable(new Availability.UnclearTime(business)));
    }

    private static Decision nothing(AppointmentResult result) {
        return new Decision.Nothing(() -> done(result));
    }

    private static CompletionStage<AppointmentResult> done(AppointmentResult result) {
        return CompletableFuture.completedFuture(result);
    }
}
