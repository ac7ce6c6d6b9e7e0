package org.telephonystack.action.business.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.wiring.StoreDatabase;

import java.util.concurrent.CompletionStage;

/// Two who apply a business at once: one after the other, never half of each.
class AppliedAtOnceTest {

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @Test
    void theBusinessIsOneOfTheTwoAsAWhole() {
        var store = new PgBusinessStore(database.one());
        Business dentist = Businesses.in("America/New_York", "09:00-12:00");
        Business baker =
                Businesses.withResources(
                        Businesses.withServices(
                                Businesses.in("Europe/Berlin", "06:00-10:00"), Businesses.GENERAL),
                        "Oven 1",
                        "Oven 2");
        await(store.apply(dentist));
        CompletionStage<Void> first;
        CompletionStage<Void> second;

        try (var inTheWay = database.transaction("select from business for update")) {
            first = store.apply(dentist);
            second = new PgBusinessStore(database.other()).apply(baker);
            database.awaitWaiting(2);
            inTheWay.commit();
        }

        await(first);
        await(second);
        assertThat(await(store.load()).orElseThrow()).isIn(dentist, baker);
    }
}
