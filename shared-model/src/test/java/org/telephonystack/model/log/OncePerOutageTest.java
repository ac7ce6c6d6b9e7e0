package org.telephonystack.model.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class OncePerOutageTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final OncePerOutage outage = new OncePerOutage(Duration.ofMinutes(2), now::get);

    @Test
    void theFirstFailureBeginsAnOutageHoweverSoon() {
        assertThat(outage.begins()).isTrue();
    }

    @Test
    void whatFailsWithinTheOutageDoesNotHoweverLongItLasts() {
        outage.begins();

        for (int minute = 0; minute < 10; minute++) {
            pass(60);
            assertThat(outage.begins()).isFalse();
        }
    }

    @Test
    void afterAQuietTimeTheNextOneDoes() {
        outage.begins();
        pass(120);

        assertThat(outage.begins()).isTrue();
        assertThat(outage.begins()).isFalse();
    }

    private void pass(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
