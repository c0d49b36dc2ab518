package dev.slipway.build.embedded.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionsTest {

    @ParameterizedTest
    @CsvSource({"755,755", "0644,644", "0,0", "4755,4755", "07777,7777", "00644,644"})
    void readsOctalNumbers(String text, String octal) {
        assertThat(Permissions.parse(text)).isEqualTo(Integer.parseInt(octal, 8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "888", "17777", "0x1ff", "-1", "rw", "ug", "755 "})
    void refusesWhatIsNoMode(String text) {
        assertThatThrownBy(() -> Permissions.parse(text))
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.unsupported()).isFalse())
                .hasMessage("--chmod=%s is no mode; expected an octal number such as 755", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"u+x", "go-w", "a=rX", "u=rw,go=r"})
    void leavesSymbolicModesToOthers(String text) {
        assertThatThrownBy(() -> Permissions.parse(text))
                .isInstanceOfSatisfying(
                        CopyException.class, e -> assertThat(e.unsupported()).isTrue())
                .hasMessageContaining("symbolic notation");
    }
}
