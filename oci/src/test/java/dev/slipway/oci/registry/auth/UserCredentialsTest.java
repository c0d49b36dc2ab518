package dev.slipway.oci.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCredentialsTest {
    @TempDir
    Path home;

    @Test
    void readsTheEnvironment() {
        assertThat(user(Map.of("DOCKER_AUTH_CONFIG", config("a.test", "pipeline")), "a.test"))
                .contains("pipeline");
    }

    @Test
    void readsEverySecretThatIsMounted() throws IOException {
        secret("one", config("a.test", "first"));
        secret("two", config("b.test", "second"));
        Map<String, String> environment = Map.of("SLIPWAY_REGISTRY_SECRETS", home.toString());

        assertThat(user(environment, "a.test")).contains("first");
        assertThat(user(environment, "b.test")).contains("second");
        assertThat(user(environment, "c.test")).isEmpty();
    }

    @Test
    void readsNoVersionOfASecretThatNoLinkLeadsTo() throws IOException {
        Path mounted = Files.createDirectory(home.resolve("one"));
        for (String version : List.of("..2026_01", "..2026_02")) {
            Path directory = Files.createDirectory(mounted.resolve(version));
            Files.writeString(directory.resolve(".dockerconfigjson"), config("a.test", version));
        }
        Files.createSymbolicLink(mounted.resolve("..data"), Path.of("..2026_02"));
        Files.createSymbolicLink(mounted.resolve(".dockerconfigjson"), Path.of("..data/.dockerconfigjson"));

        for (Path configured : List.of(home, mounted)) {
            assertThat(user(Map.of("SLIPWAY_REGISTRY_SECRETS", configured.toString()), "a.test"))
                    .contains("..2026_02");
        }
    }

    @Test
    void asksTheNextSourceForWhatTheFirstDoesNotKnow() throws IOException {
        Path docker = Files.createDirectory(home.resolve(".docker"));
        Files.writeString(docker.resolve("config.json"), config("b.test", "user"));
        Map<String, String> environment = Map.of("DOCKER_AUTH_CONFIG", config("a.test", "pipeline"));

        assertThat(user(environment, "a.test")).contains("pipeline");
        assertThat(user(environment, "b.test")).contains("user");
    }

    private Optional<String> user(Map<String, String> environment, String registry) {
        return UserCredentials.of(environment, home)
                .of(registry)
                .map(Credential.Password.class::cast)
                .map(Credential.Password::user);
    }

    private void secret(String name, String config) throws IOException {
        Files.writeString(Files.createDirectory(home.resolve(name)).resolve(".dockerconfigjson"), config);
    }

    private static String config(String registry, String user) {
        String auth = Base64.getEncoder().encodeToString((user + ":x").getBytes(StandardCharsets.UTF_8));
        return "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry, auth);
    }
}
