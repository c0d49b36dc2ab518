package dev.slipway.build.embedded.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {

    @ParameterizedTest
    @ValueSource(strings = {"SIGTERM", "TERM", "sigint", "9", "64", "SIGRTMIN", "RTMIN+15", "SIGRTMAX-14"})
    void keepsASignalAsItIs(String signal) {
        assertThat(Signals.check(signal)).isEqualTo(signal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65", "SIGNOPE", "RTMIN+16", "RTMAX-15", "-1", "SIGSIGTERM"})
    void refusesWhatIsNoSignal(String signal) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signals.check(signal))
                .withMessage("'%s' is no signal; expected a name such as SIGTERM, or 1 to 64", signal);
    }
}
