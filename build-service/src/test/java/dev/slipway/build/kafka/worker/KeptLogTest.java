package dev.slipway.build.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.kafka.Examples;
import dev.slipway.build.queue.BuildKey;
import dev.slipway.build.work.BuildLogStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptLogTest {
    private static final BuildKey BUILD = new BuildKey(Examples.buildId("log"), "linux/amd64");
    private static final Descriptor KEPT = Descriptor.of("text/plain", new byte[0]);

    @TempDir
    private Path temp;

    private final List<String> kept = new ArrayList<>();
    private final BuildLogStore store = (build, attempt, text, lines) -> {
        try {
            kept.add("%d lines: %s".formatted(lines, Files.readString(text)));
            return KEPT;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    };

    @Test
    void keepsNothingOfABuildThatPrintsNothing() {
        try (KeptLog log = log(store, 100)) {
            assertThat(log.keep()).isEmpty();
        }

        assertThat(kept).isEmpty();
        assertThat(temp.resolve("logs")).doesNotExist();
    }

    @Test
    void keepsTheBeginningOfAVeryLongLog() {
        try (KeptLog log = log(store, 11)) {
            log.add("12345");
            log.add("6789");
            log.add("too much");
            log.add("far too much");

            assertThat(log.keep()).contains(KEPT);
        }

        assertThat(kept).containsExactly("3 lines: 12345\n6789\n… what comes after this is not kept\n");
    }

    @Test
    void lacksALogRatherThanABuildWhereItCannotBeKept() {
        BuildLogStore down = (build, attempt, text, lines) -> {
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "staging", "staging answered 503", null);
        };

        try (KeptLog log = log(down, 100)) {
            log.add("printed");

            assertThat(log.keep()).isEqualTo(Optional.empty());
        }

        assertThat(temp.resolve("logs")).isEmptyDirectory();
    }

    private KeptLog log(BuildLogStore into, long maxCharacters) {
        return new KeptLog(into, temp.resolve("logs"), maxCharacters, BUILD, 1);
    }
}
