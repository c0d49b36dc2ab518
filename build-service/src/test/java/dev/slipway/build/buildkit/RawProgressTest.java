package dev.slipway.build.buildkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.BuildObserver;
import dev.slipway.build.tool.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawProgressTest {
    @TempDir
    private Path directory;

    private final List<String> told = new ArrayList<>();

    @Test
    void tellsEachStepOnceWhenItIsDone() {
        RawProgress progress = progress(Redaction.of(List.of()));

        progress.read(vertex("[internal] load build context", "completed"));
        progress.read(vertex("[one 2/2] RUN make", "started"));
        progress.read(vertex("[one 2/2] RUN make", "completed"));
        progress.read(vertex("[one 2/2] RUN make", "completed"));
        progress.read(vertex("[2/3] COPY a b", "completed").replace("\"name\"", "\"cached\":true,\"name\""));

        assertThat(told).containsExactly("1/4 one RUN make 1s", "2/4 stage-0 COPY a b (reused) 1s");
    }

    @Test
    void tellsNothingOfStepsThatFailed() {
        RawProgress progress = progress(Redaction.of(List.of()));

        progress.read(vertex("[one 2/2] RUN false", "completed").replace("\"name\"", "\"error\":\"exit 1\",\"name\""));
        progress.read("error: failed to solve: exit 1");

        assertThat(told).containsExactly("> error: failed to solve: exit 1");
        assertThat(progress.end()).isEqualTo("error: failed to solve: exit 1");
    }

    @Test
    void joinsPiecesOfLines() {
        RawProgress progress = progress(Redaction.of(List.of()));

        progress.read(log("v", "one\ntw"));
        progress.read(log("w", "other\n"));
        progress.read(log("v", "o\nend"));
        progress.finish();

        assertThat(told).containsExactly("> one", "> other", "> two", "> end");
    }

    @Test
    void takesSecretsOut() throws IOException {
        Path secret = Files.writeString(directory.resolve("token"), "hush-hush\nsecond line\n");
        RawProgress progress = progress(Redaction.of(List.of(secret)));

        progress.read(log("v", "the token is hush-hush!\nand second line\n"));

        assertThat(told).containsExactly("> the token is ***!", "> and ***");
        assertThat(progress.end()).doesNotContain("hush");
    }

    @Test
    void tellsNothingOfJsonThatIsCut() throws IOException {
        Path secret = Files.writeString(directory.resolve("token"), "hush-hush");
        RawProgress progress = progress(Redaction.of(List.of(secret)));
        String line = log("v", "the token is hush-hush");

        progress.read(line.substring(0, line.length() - 5));

        assertThat(told).containsExactly("> %d characters of buildctl's that are no JSON".formatted(line.length() - 5));
    }

    @Test
    void keepsTheBeginningOfALineWithoutEnd() {
        RawProgress progress = progress(Redaction.of(List.of()));

        for (int i = 0; i < 100; i++) {
            progress.read(log("v", "x".repeat(10_000)));
        }
        progress.read(log("v", "\nnext\n"));

        assertThat(told).containsExactly("> " + "x".repeat(RawProgress.LONGEST_LINE), "> next");
    }

    @Test
    void takesSecretsOutOfWarnings() throws IOException {
        Path secret = Files.writeString(directory.resolve("token"), "hush-hush");
        String text = Base64.getEncoder().encodeToString("ENV TOKEN=hush-hush".getBytes(UTF_8));

        progress(Redaction.of(List.of(secret))).read("{\"warnings\":[{\"short\":\"%s\"}]}".formatted(text));

        assertThat(told).containsExactly("warning: ENV TOKEN=***");
    }

    private RawProgress progress(Redaction redaction) {
        return new RawProgress(
                new BuildObserver() {
                    @Override
                    public void stepDone(Step step, boolean reused, Duration took) {
                        told.add("%d/%d %s %s%s %ds"
                                .formatted(
                                        step.number(),
                                        step.total(),
                                        step.stage(),
                                        step.text(),
                                        reused ? " (reused)" : "",
                                        took.toSeconds()));
                    }

                    @Override
                    public void warning(String text) {
                        told.add("warning: " + text);
                    }

                    @Override
                    public void output(String line) {
                        told.add("> " + line);
                    }
                },
                redaction,
                4);
    }

    private static String vertex(String name, String state) {
        String completed = state.equals("completed") ? ",\"completed\":\"2026-01-01T00:00:01Z\"" : "";
        return "{\"vertexes\":[{\"digest\":\"%s\",\"name\":\"%s\",\"started\":\"2026-01-01T00:00:00Z\"%s}]}"
                .formatted(name.hashCode(), name, completed);
    }

    private static String log(String vertex, String text) {
        return "{\"logs\":[{\"vertex\":\"%s\",\"stream\":1,\"data\":\"%s\"}]}"
                .formatted(vertex, Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }
}
