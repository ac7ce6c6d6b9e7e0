package org.telephonystack.action.client.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.action.client.Client;
import org.telephonystack.action.client.ClientStore;
import org.telephonystack.action.client.ClientStore.Saved;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.model.PhoneNumber;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

@ActionTest
class PgClientStoreTest {

    @Inject Pool pool;
    @Inject ClientStore store;

    @BeforeEach
    @AfterEach
    void clean() {
        run("delete from tickets");
        run("delete from clients");
    }

    @Test
    void whoIsKnownInAnyNotationGetsTheNewNameAndOthersAreAdded() {
        run("insert into clients (phone, first_name) values ('(415) 555-0199', 'Mary')");

        Saved saved = save(client("+14155550199", "Maria"), client("+14155550142", "John"));

        assertThat(saved).isEqualTo(new Saved(1, 1));
        assertThat(run("select from clients").size()).isEqualTo(2);
        assertThat(firstNameOf("+14155550199")).isEqualTo("Maria");
        assertThat(firstNameOf("+14155550142")).isEqualTo("John");
    }

    @Test
    void importingTwiceAddsNobodyTwice() {
        save(client("+14155550199", "Maria"));

        assertThat(save(client("+14155550199", "Maria"))).isEqualTo(new Saved(0, 1));
        assertThat(run("select from clients").size()).isEqualTo(1);
    }

    private Saved save(Client... clients) {
        return store.save(List.of(clients))
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private String firstNameOf(String phone) {
        return run("select first_name from clients where phone_e164 = '" + phone + "'")
                .iterator()
                .next()
                .getString(0);
    }

    private static Client client(String phone, String firstName) {
        return new Client(new PhoneNumber(phone), Optional.of(firstName), Optional.empty());
    }

    private RowSet<Row> run(String sql) {
        return pool.query(sql).execute().await().atMost(Duration.ofSeconds(10));
    }
}
