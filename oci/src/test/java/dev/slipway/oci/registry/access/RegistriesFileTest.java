package dev.slipway.oci.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistriesFileTest {
    @TempDir
    Path directory;

    @Test
    void readsEverythingOfARegistry() throws IOException {
        Path file = file("""
                {"a.test": {"caBundle": "/ca.pem", "clientCertificate": "/c.pem", "clientKey": "/c.key",
                 "proxy": "http://proxy.test:3128", "requestsPerSecond": 5, "bytesPerSecond": 1000,
                 "mirrors": ["m.test:5000", "b.test/hub/a"]}}""");

        assertThat(RegistriesFile.read(file).apply("a.test"))
                .isEqualTo(new RegistryAccess(
                        Optional.of(Path.of("/ca.pem")),
                        Optional.of(new RegistryAccess.Identity(Path.of("/c.pem"), Path.of("/c.key"))),
                        Optional.of(new RegistryAccess.Proxy("proxy.test", 3128)),
                        5,
                        1000,
                        List.of(
                                new RegistryAccess.Mirror("m.test:5000", ""),
                                new RegistryAccess.Mirror("b.test", "hub/a"))));
        assertThat(RegistriesFile.read(file).apply("b.test")).isEqualTo(RegistryAccess.PLAIN);
    }

    @Test
    void takesAProxyWithAnAddressOfVersionSix() throws IOException {
        Path file = file("{\"a.test\": {\"proxy\": \"http://[::1]:3128\"}}");

        assertThat(RegistriesFile.read(file).apply("a.test").proxy()).contains(new RegistryAccess.Proxy("[::1]", 3128));
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        Path file = file("{\"a.test\": {\"insecure\": true}}");

        assertThatThrownBy(() -> RegistriesFile.read(file))
                .hasMessageContaining("a.test")
                .hasMessageContaining("insecure");
    }

    @Test
    void refusesACertificateWithoutItsKey() throws IOException {
        Path file = file("{\"a.test\": {\"clientCertificate\": \"/c.pem\"}}");

        assertThatThrownBy(() -> RegistriesFile.read(file)).hasMessageContaining("clientKey");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                   | must be a JSON object",
                "{'a.test': 'insecure'}                               | a.test",
                "{'a.test': {'caBundle': 7}}                          | caBundle of a.test",
                "{'a.test': {'caBundle': ''}}                         | caBundle of a.test",
                "{'a.test': {'proxy': null}}                          | proxy of a.test",
                "{'a.test': {'proxy': 'http://me:pw@proxy.test:80'}}  | proxy of a.test",
                "{'a.test': {'requestsPerSecond': 1.5}}               | requestsPerSecond of a.test",
                "{'a.test': {'requestsPerSecond': '5'}}               | requestsPerSecond of a.test",
                "{'a.test': {'bytesPerSecond': -1}}                   | bytesPerSecond of a.test",
                "{'a.test': {'mirrors': 'm.test'}}                    | mirrors of a.test",
                "{'a.test': {'mirrors': [7]}}                         | mirrors of a.test",
                "{'a.test': {'mirrors': ['https://m.test']}}          | HOST[:PORT][/PREFIX]",
                "{'a.test': {'mirrors': ['m.test/']}}                 | HOST[:PORT][/PREFIX]",
                "{'a.test': {}, 'a.test': {}}                         | a.test",
                "{'a.test':                                           | is not JSON",
            },
            quoteCharacter = '`')
    void refusesWhatItDoesNotUnderstand(String json, String named) throws IOException {
        Path file = file(json.replace('\'', '"'));

        assertThatThrownBy(() -> RegistriesFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(named)
                .hasMessageNotContaining("pw");
    }

    @Test
    void refusesAProxyThatIsNone() throws IOException {
        Path file = file("{\"a.test\": {\"proxy\": \"proxy.test\"}}");

        assertThatThrownBy(() -> RegistriesFile.read(file)).hasMessageContaining("http://HOST:PORT");
    }

    @Test
    void needsTheFileOnlyWhereItWasNamed() {
        assertThat(RegistriesFile.ofUser(Map.of(), directory).apply("a.test")).isEqualTo(RegistryAccess.PLAIN);
        Map<String, String> named =
                Map.of("SLIPWAY_REGISTRIES", directory.resolve("none.json").toString());
        assertThatThrownBy(() -> RegistriesFile.ofUser(named, directory)).hasMessageContaining("none.json");
    }

    private Path file(String json) throws IOException {
        return Files.writeString(directory.resolve("registries.json"), json);
    }
}
