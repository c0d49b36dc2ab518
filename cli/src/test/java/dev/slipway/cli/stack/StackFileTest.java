package dev.slipway.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.process.ProcessRecord;
import dev.slipway.cli.report.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackFileTest {
    private static final StackOptions OPTIONS = new StackOptions(
            Optional.of("broker:9092"),
            Optional.of("/kafka/client.properties"),
            7451,
            List.of(5000, 5001),
            Optional.of("ghcr.io/acme/staging"),
            Optional.of("/keys/cosign.key"),
            Optional.of("/etc/policies"),
            Optional.of("/etc/access.json"),
            Optional.of("http://collector:4318"),
            7450,
            7452,
            new StackOptions.Builders(Optional.of("/usr/bin/buildah"), Optional.of("unix:///run/b.sock")),
            new StackOptions.Clusters(Optional.of("/home/me/.kube/config"), List.of("kind-eu", "kind-us")));

    @TempDir
    Path home;

    @Test
    void readsBackWhatItWrote() {
        StackState state = new StackState(
                OPTIONS,
                List.of(new ProcessRecord(
                        "gateway", 4711, Instant.parse("2026-03-02T09:14:07.12Z"), 7450, "http://127.0.0.1:7450/x")));
        StackFile file = new StackFile(new StackHome(home));

        file.write(state);

        assertThat(file.read()).contains(state);
    }

    @Test
    void isEmptyWhereNoStackWasStarted() {
        assertThat(new StackFile(new StackHome(home)).read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"version\":2}", "{\"version\":1,\"options\":{}}"})
    void refusesWhatItCannotUseAndNamesTheFile(String content) throws IOException {
        Path file = Files.writeString(home.resolve("stack.json"), content);

        assertThatThrownBy(() -> new StackFile(new StackHome(home)).read())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void leavesNoHalfWrittenFileBehind() throws IOException {
        StackFile file = new StackFile(new StackHome(home));

        file.write(new StackState(OPTIONS, List.of()));
        file.write(new StackState(OPTIONS, List.of()));

        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(home.resolve("stack.json"));
        }
    }
}
