package dev.slipway.signing.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScryptTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 16, 1, 1, 77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442",
        "password, NaCl, 1024, 8, 16, fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162",
        "pleaseletmein, SodiumChloride, 16384, 8, 1, 7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
    })
    void derivesWhatRfc7914Says(String password, String salt, int n, int r, int p, String key) {
        byte[] derived = Scrypt.generate(password.getBytes(UTF_8), salt.getBytes(UTF_8), n, r, p, 64);

        assertThat(HexFormat.of().formatHex(derived)).startsWith(key);
    }

    @Test
    void refusesWhatIsNoPowerOfTwo() {
        assertThatThrownBy(() -> Scrypt.generate(new byte[0], new byte[0], 12, 1, 1, 32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("N=12");
    }
}
