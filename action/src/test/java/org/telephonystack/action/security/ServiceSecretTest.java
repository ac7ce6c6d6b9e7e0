package org.telephonystack.action.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class ServiceSecretTest {

    private final ServiceSecret secret = new ServiceSecret(Optional.of("old"), Optional.of("new"));

    @Test
    void duringARotationBothSecretsAreGood() {
        assertThat(secret.accepts(List.of("Bearer old"))).isTrue();
        assertThat(secret.accepts(List.of("bearer new"))).isTrue();
    }

    @Test
    void everythingElseIsRefused() {
        assertThat(secret.accepts(List.of())).isFalse();
        assertThat(secret.accepts(List.of("Bearer old", "Bearer old"))).isFalse();
        assertThat(secret.accepts(List.of("Basic old"))).isFalse();
        assertThat(secret.accepts(List.of("Bearer ol"))).isFalse();
        assertThat(secret.accepts(List.of("Bearer oldnew"))).isFalse();
        assertThat(secret.accepts(List.of("old"))).isFalse();
    }

    @Test
    void withoutASecretNobodyIsLetIn() {
        var none = new ServiceSecret(Optional.empty(), Optional.of(""));

        assertThat(none.accepts(List.of("Bearer "))).isFalse();
        assertThat(none.accepts(List.of("Bearer x"))).isFalse();
    }
}
