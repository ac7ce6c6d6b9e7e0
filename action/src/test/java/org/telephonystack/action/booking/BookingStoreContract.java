package org.telephonystack.action.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.booking.BookingStore.Booked;
import org.telephonystack.action.booking.BookingStore.Order;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.business.Service;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolResult;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// What every calendar must do, in memory or in PostgreSQL.
public abstract class BookingStoreContract {

    protected static final Instant THREE = Instant.parse("2026-11-24T20:00:00Z");
    protected static final Instant HALF_PAST = Instant.parse("2026-11-24T20:30:00Z");
    protected static final PhoneNumber MARIA = new PhoneNumber("+14155550199");

    /// Empty, with that many resources.
    protected abstract BookingStore storeWith(int resources);

    @Test
    void theAnswerIsMadeFromTheRow() {
        Booked booked = book(storeWith(1), call(1, "a"), THREE);

        assertThat(booked).isInstanceOf(Booked.New.class);
        assertThat(answer(booked).details().get("start")).isEqualTo(THREE.toString());
        assertThat(answer(booked).details().get("service")).isEqualTo("general");
    }

    @Test
    void oneResourceTakesOneAppointmentAtATime() {
        BookingStore store = storeWith(1);

        book(store, call(1, "a"), THREE);

        assertThat(book(store, call(2, "b"), THREE)).isEqualTo(new Booked.SlotTaken());
        assertThat(book(store, call(2, "c"), HALF_PAST)).isInstanceOf(Booked.New.class);
    }

    @Test
    void twoResourcesTakeTwo() {
        BookingStore store = storeWith(2);

        assertThat(book(store, call(1, "a"), THREE)).isInstanceOf(Booked.New.class);
        assertThat(book(store, call(2, "b"), THREE)).isInstanceOf(Booked.New.class);
        assertThat(book(store, call(3, "c"), THREE)).isEqualTo(new Booked.SlotTaken());
    }

    @Test
    void theBufferKeepsTheResourceTaken() {
        BookingStore store = storeWith(1);

        book(store, call(1, "a"), THREE, Businesses.CLEANING);

        Instant endOfAppointment = THREE.plusSeconds(45 * 60L);
        Instant endOfBuffer = THREE.plusSeconds(60 * 60L);
        assertThat(book(store, call(2, "b"), endOfAppointment)).isEqualTo(new Booked.SlotTaken());
        assertThat(book(store, call(2, "c"), endOfBuffer)).isInstanceOf(Booked.New.class);
    }

    @Test
    void oneToolCallIsCarriedOutOnceAndHearsTheSameAgain() {
        BookingStore store = storeWith(2);
        Booked first = book(store, call(1, "a"), THREE);

        Booked again = book(store, call(1, "a"), HALF_PAST);

        assertThat(again).isInstanceOf(Booked.Repeated.class);
        assertThat(answer(again)).isEqualTo(answer(first));
        assertThat(earlier(store, call(1, "a"), HALF_PAST)).contains(answer(first));
    }

    @Test
    void oneCallBooksOneStartOnce() {
        BookingStore store = storeWith(2);
        Booked first = book(store, call(1, "a"), THREE);

        Booked again = book(store, call(1, "b"), THREE);

        assertThat(again).isInstanceOf(Booked.Repeated.class);
        assertThat(answer(again).details().get("id")).isEqualTo(answer(first).details().get("id"));
    }

    @Test
    void withoutACallSidOneNumberBooksOneStartOnce() {
        BookingStore store = storeWith(2);
        var key = new BookingStore.Key(MARIA, Optional.empty(), Optional.empty());
        book(store, key, THREE);

        assertThat(book(store, key, THREE)).isInstanceOf(Booked.Repeated.class);
        assertThat(book(store, key, HALF_PAST)).isInstanceOf(Booked.New.class);
    }

    @Test
    void theDiaryKnowsWhatIsTaken() {
        BookingStore store = storeWith(1);
        book(store, call(1, "a"), THREE, Businesses.CLEANING);

        Diary diary = await(store.diary(THREE.minusSeconds(3600), THREE.plusSeconds(7200)));

        for (long minute : List.of(-29L, 0L, 44L, 59L)) {
            assertThat(diary.hasRoomFor(slotAt(minute))).as("minute %d", minute).isFalse();
        }
        for (long minute : List.of(-30L, 60L)) {
            assertThat(diary.hasRoomFor(slotAt(minute))).as("minute %d", minute).isTrue();
        }
    }

    @Test
    void whatComesTooLateIsNotBooked() {
        BookingStore store = storeWith(1);
        var late =
                new Order(
                        call(1, "a"),
                        "general",
                        Slot.of(THREE, Businesses.GENERAL),
                        Deadline.in(Duration.ofSeconds(-1)));

        assertThatThrownBy(() -> await(store.book(late, BookingStoreContract::answer)))
                .hasRootCauseInstanceOf(IllegalStateException.class);

        Diary diary = await(store.diary(THREE, HALF_PAST));
        assertThat(diary.hasRoomFor(slotAt(0))).isTrue();
        assertThat(earlier(store, call(1, "a"), THREE)).isEmpty();
    }

    @Test
    void nothingIsRememberedOfACallThatDidNotBook() {
        BookingStore store = storeWith(1);

        assertThat(earlier(store, call(1, "a"), THREE)).isEmpty();
    }

    protected static BookingStore.Key call(int number, String toolCallId) {
        return new BookingStore.Key(
                MARIA,
                Optional.of(new CallSid("CA" + "%032x".formatted(number))),
                Optional.of(toolCallId));
    }

    protected static Booked book(BookingStore store, BookingStore.Key key, Instant start) {
        return book(store, key, start, Businesses.GENERAL);
    }

    private static Booked book(
            BookingStore store, BookingStore.Key key, Instant start, Service service) {
        return await(begin(store, key, start, service));
    }

    protected static CompletionStage<Booked> begin(
            BookingStore store, BookingStore.Key key, Instant start, Service service) {
        return store.book(
                new Order(
                        key,
                        service.name(),
                        Slot.of(start, service),
                        Deadline.in(Duration.ofSeconds(10))),
                BookingStoreContract::answer);
    }

    private static Optional<ToolResult> earlier(
            BookingStore store, BookingStore.Key key, Instant start) {
        return await(store.earlierAnswer(key, start, BookingStoreContract::answer));
    }

    private static ToolResult answer(Booking booking) {
        return ToolResult.success(
                "booked",
                Map.of(
                        "id", booking.id(),
                        "start", booking.start().toString(),
                        "service", booking.service()));
    }

    private static ToolResult answer(Booked booked) {
        return switch (booked) {
            case Booked.New(var answer) -> answer;
            case Booked.Repeated(var answer) -> answer;
            case Booked.SlotTaken() -> throw new AssertionError("slot taken");
        };
    }

    protected static boolean hasRoomAt(Diary diary, Instant start) {
        return diary.hasRoomFor(Slot.of(start, Businesses.GENERAL));
    }

    private static Slot slotAt(long minute) {
        return Slot.of(THREE.plusSeconds(minute * 60), Businesses.GENERAL);
    }

    protected static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
