package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.mutiny.sqlclient.Pool;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import java.time.Duration;

@ActionTest
class StartTest {

    @Inject Pool pool;

    @Test
    void theSchemaIsThereAndSessionsAreFarFromUtc() {
        var row =
                pool.query("select current_setting('timezone') zone, count(*) from bookings")
                        .execute()
                        .await()
                        .atMost(Duration.ofSeconds(10))
                        .iterator()
                        .next();

        assertThat(row.getString("zone")).isNotIn("UTC", "Etc/UTC", "GMT");
    }
}
