package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.gateway.Authorisation.Action;
import dev.slipway.gateway.Authorisation.Caller;
import dev.slipway.gateway.Authorisation.Decision;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackAuthorisationTest {

    private final Authorisation authorisation = new LoopbackAuthorisation("acme");

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "::1", "0:0:0:0:0:0:0:1", "0:0:0:0:0:0:0:1%lo"})
    void letsThisMachineIn(String address) {
        assertThat(authorisation.decide(new Caller(address, Optional.empty()), Action.SUBMIT))
                .isEqualTo(new Decision.Allowed("acme"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "2001:db8::1", "localhost", "", "/tmp/socket"})
    void deniesEverybodyElse(String address) {
        assertThat(authorisation.decide(new Caller(address, Optional.of("secret")), Action.READ))
                .isInstanceOfSatisfying(
                        Decision.Denied.class,
                        denied -> assertThat(denied.reason()).contains(address).doesNotContain("secret"));
    }
}
