package dev.slipway.oci.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerConfigCredentialsTest {
    private static final String AUTH =
            Base64.getEncoder().encodeToString("ada:love:lace".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "https://index.docker.io/v1/, docker.io",
        "ghcr.io, ghcr.io",
        "https://ghcr.io, ghcr.io",
        "https://ghcr.io/v1/, ghcr.io",
        "GHCR.io, ghcr.io",
        "localhost:5000, localhost:5000"
    })
    void findsARegistryUnderTheKeysThatDockerWrites(String key, String registry) throws IOException {
        Optional<Credential> credential = config("{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(key, AUTH))
                .of(registry);

        assertThat(credential).containsInstanceOf(Credential.Password.class);
        Credential.Password password = (Credential.Password) credential.orElseThrow();
        assertThat(password.user()).isEqualTo("ada");
        assertThat(password.password().reveal()).isEqualTo("love:lace");
    }

    @Test
    void knowsNothingOfOtherRegistries() throws IOException {
        Credentials credentials = config("{\"auths\":{\"ghcr.io\":{\"auth\":\"%s\"}}}".formatted(AUTH));

        assertThat(credentials.of("quay.io")).isEmpty();
        assertThat(credentials.of("ghcr.io:443")).isEmpty();
        assertThat(credentials.of("evil-ghcr.io")).isEmpty();
    }

    @Test
    void readsTokens() throws IOException {
        Credentials credentials = config("""
                {"auths":{
                  "a.example":{"identitytoken":"id"},
                  "b.example":{"registrytoken":"reg"},
                  "c.example":{"username":"<token>","password":"id2"},
                  "d.example":{}}}
                """);

        assertThat(credentials.of("a.example")).containsInstanceOf(Credential.IdentityToken.class);
        assertThat(credentials.of("b.example")).containsInstanceOf(Credential.BearerToken.class);
        assertThat(credentials.of("c.example")).containsInstanceOf(Credential.IdentityToken.class);
        assertThat(credentials.of("d.example")).isEmpty();
    }

    @Test
    void isAnonymousWithoutAFile() {
        assertThat(new DockerConfigCredentials(directory.resolve("absent.json")).of("ghcr.io"))
                .isEmpty();
    }

    @Test
    void looksWhereDockerLooks() throws IOException {
        Files.createDirectories(directory.resolve(".docker"));
        String json = "{\"auths\":{\"ghcr.io\":{\"auth\":\"%s\"}}}".formatted(AUTH);
        Files.writeString(directory.resolve(".docker/config.json"), json);
        Files.writeString(directory.resolve("config.json"), json);

        assertThat(DockerConfigCredentials.ofUser(Map.of(), directory).of("ghcr.io"))
                .isPresent();
        assertThat(DockerConfigCredentials.ofUser(Map.of("DOCKER_CONFIG", directory.toString()), Path.of("/nowhere"))
                        .of("ghcr.io"))
                .isPresent();
    }

    @Test
    void quotesNothingOfAFileThatItCannotRead() throws IOException {
        Credentials broken = config("{\"auths\":{\"ghcr.io\":{\"auth\":\"secret!!\"}}}");
        Credentials noJson = config("secret");

        assertThatThrownBy(() -> broken.of("ghcr.io"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> noJson.of("ghcr.io"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("it is not JSON")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void namesAHelperThatCannotBeRun() throws IOException {
        Credentials credentials = config("{\"credHelpers\":{\"ghcr.io\":\"is-not-installed\"}}");

        assertThatThrownBy(() -> credentials.of("ghcr.io"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("docker-credential-is-not-installed")
                .hasMessageContaining("ghcr.io");
    }

    private Credentials config(String json) throws IOException {
        Path file = Files.createTempFile(directory, "config", ".json");
        Files.writeString(file, json);
        return new DockerConfigCredentials(file);
    }
}
