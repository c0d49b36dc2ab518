package dev.slipway.build.embedded.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    @Test
    void isTcpUnlessSaidOtherwise() {
        assertThat(Ports.parse("80")).containsExactly("80/tcp");
        assertThat(Ports.parse("53/udp")).containsExactly("53/udp");
        assertThat(Ports.parse("9/SCTP")).containsExactly("9/sctp");
    }

    @Test
    void writesNumbersWithoutLeadingZeros() {
        assertThat(Ports.parse("0080")).containsExactly("80/tcp");
    }

    @Test
    void spellsOutRanges() {
        assertThat(Ports.parse("8000-8002/udp")).containsExactly("8000/udp", "8001/udp", "8002/udp");
        assertThat(Ports.parse("80-80")).containsExactly("80/tcp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http", "80/icmp", "80-", "-80", "8080:80", "1/tcp/udp", "99999999"})
    void refusesWhatIsNoPort(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ports.parse(text))
                .withMessage("'%s' is no port; expected for example 8080, 8080/udp or 8000-8010", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "10-9", "1-70000"})
    void refusesRangesThatAreNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ports.parse(text))
                .withMessageContaining("'%s' is no range of ports", text);
    }
}
