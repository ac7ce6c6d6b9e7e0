package org.telephonystack.action.client.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.client.Client;
import org.telephonystack.action.client.ClientStore.Saved;
import org.telephonystack.action.wiring.StoreDatabase;
import org.telephonystack.model.PhoneNumber;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// An import, and somebody who makes the same numbers clients at that moment: another import, or a call.
class ImportedAtOnceTest {

    private static final String MARIA = "+14155550199";

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @Test
    void whoBecomesAClientMeanwhileGetsTheImportedName() {
        CompletionStage<Saved> imported;

        try (var call = database.transaction("insert into clients (phone) values ($1)", MARIA)) {
            imported = new PgClientStore(database.one()).save(List.of(client("Maria")));
            database.awaitWaiting(1);
            call.commit();
        }

        assertThat(await(imported)).isEqualTo(new Saved(0, 1));
        assertThat(database.text("select string_agg(first_name, ' ') from clients"))
                .isEqualTo("Maria");
    }

    @Test
    void twoImportsOfOneNumberMakeOneClient() {
        CompletionStage<Saved> first;
        CompletionStage<Saved> second;

        try (var _ = database.transaction("insert into clients (phone) values ($1)", MARIA)) {
            first = new PgClientStore(database.one()).save(List.of(client("Maria")));
            second = new PgClientStore(database.other()).save(List.of(client("Mary")));
            database.awaitWaiting(2);
        }

        assertThat(await(first).added() + await(second).added()).isEqualTo(1);
        assertThat(database.text("select string_agg(first_name, ' ') from clients"))
                .isIn("Maria", "Mary");
    }

    private static Client client(String firstName) {
        return new Client(new PhoneNumber(MARIA), Optional.of(firstName), Optional.empty());
    }
}
