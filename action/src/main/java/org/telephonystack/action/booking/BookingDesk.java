package org.telephonystack.action.booking;

import org.telephonystack.action.booking.Availability.Match;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.business.Service;
import org.telephonystack.model.tool.ToolResult;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Looks for free appointments and books them.
public final class BookingDesk {

    /// What to say of a booking, made from the row that is stored.
    @FunctionalInterface
    public interface Answer {

        /// @param wanted what was asked for now: of an earlier booking at that start it may be another service
        ToolResult of(Business business, Service wanted, Booking booking);
    }

    private final CurrentBusiness current;
    private final BookingStore store;
    private final Clock clock;
    private final Duration limit;

    /// @param limit after which a booking is not stored any more
    public BookingDesk(CurrentBusiness current, BookingStore store, Clock clock, Duration limit) {
        this.current = current;
        this.store = store;
        this.clock = clock;
        this.limit = limit;
    }

    /// @param time the day or moment wished for, ISO 8601
    /// @param part morning, afternoon or evening
    public CompletionStage<Availability> check(
            Optional<String> time, Optional<String> service, Optional<String> part) {
        return current.load()
                .thenCompose(business ->
                        business.map(known -> check(known, time, service, part))
                                .orElseGet(() -> done(new Availability.NotSetUp())));
    }

    /// Until when a request that comes now may book: taken before anything else is asked.
    public Deadline deadline() {
        return Deadline.in(limit);
    }

    public CompletionStage<BookingResult> book(BookingRequest request, Answer answer) {
        return current.load()
                .thenCompose(business ->
                        business.map(known -> book(known, request, request.deadline(), answer))
                                .orElseGet(() -> instead(new Availability.NotSetUp())));
    }

    private CompletionStage<Availability> check(
            Business business,
            Optional<String> time,
            Optional<String> serviceName,
            Optional<String> part) {
        Optional<Service> service = service(business, serviceName);
        if (service.isEmpty()) {
            return done(new Availability.WhichService(business, serviceName.isPresent()));
        }
        Wish wish =
                time.map(text -> Wish.parse(text, business.profile().zone()))
                        .orElseGet(Wish.Anytime::new);
        return new SlotSearch(
                        business,
                        service.get(),
                        clock.instant(),
                        store,
                        part.flatMap(PartOfDay::of))
                .answer(wish);
    }

    private CompletionStage<BookingResult> book(
            Business business, BookingRequest request, Deadline deadline, Answer answer) {
        return switch (Wish.parse(request.time(), business.profile().zone())) {
            case Wish.Anytime() -> instead(new Availability.UnclearTime(business));
            case Wish.Unclear() -> instead(new Availability.UnclearTime(business));
            case Wish.OnDay(var day) -> done(new BookingResult.TimeMissing(business, day));
            case Wish.At(var start) ->
                    service(business, request.service())
                            .map(service ->
                                    book(business, service, start, request, deadline, answer))
                            .orElseGet(() ->
                                    instead(
                                            new Availability.WhichService(
                                                    business, request.service().isPresent())));
        };
    }

    private CompletionStage<BookingResult> book(
            Business business,
            Service service,
            Instant start,
            BookingRequest request,
            Deadline deadline,
            Answer answer) {
        var key = new BookingStore.Key(request.caller(), request.callSid(), request.toolCallId());
        // Before any objection: an appointment of this call that has meanwhile become "too soon" is
        // still booked.
        return store.earlierAnswer(key, start, booking -> answer.of(business, service, booking))
                .thenCompose(earlier ->
                        earlier.map(stored ->
                                        BookingDesk.<BookingResult>done(
                                                new BookingResult.Booked(stored, true)))
                                .orElseGet(() ->
                                        bookNew(business, service, start, key, deadline, answer)));
    }

    private CompletionStage<BookingResult> bookNew(
            Business business,
            Service service,
            Instant start,
            BookingStore.Key key,
            Deadline deadline,
            Answer answer) {
        var search = new SlotSearch(business, service, clock.instant(), store);
        Slot slot = Slot.of(start, service);
        if (search.objectionTo(slot).isPresent()) {
            return search.answer(new Wish.At(start)).thenApply(BookingResult.Unavailable::new);
        }
        return store.book(
                        new BookingStore.Order(key, service.name(), slot, deadline),
                        booking -> answer.of(business, service, booking))
                .thenCompose(booked ->
                        switch (booked) {
                            case BookingStore.Booked.New(var stored) ->
                                    done(new BookingResult.Booked(stored, false));
                            case BookingStore.Booked.Repeated(var stored) ->
                                    done(new BookingResult.Booked(stored, true));
                            // Whatever a look into the diary says of that very start.
                            case BookingStore.Booked.SlotTaken() ->
                                    search.later(start, Match.WISH_IS_TAKEN)
                                            .thenApply(BookingResult.Unavailable::new);
                        });
    }

    private static Optional<Service> service(Business business, Optional<String> wanted) {
        if (wanted.isEmpty() && business.services().size() == 1) {
            return Optional.of(business.services().getFirst());
        }
        String name = wanted.orElse(Service.DEFAULT);
        return business.services().stream().filter(service -> service.isCalled(name)).findFirst();
    }

    private static CompletionStage<BookingResult> instead(Availability availability) {
        return done(new BookingResult.Unavailable(availability));
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
