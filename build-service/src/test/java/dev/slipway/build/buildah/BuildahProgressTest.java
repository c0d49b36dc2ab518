package dev.slipway.build.buildah;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.BuildObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BuildahProgressTest {
    private final List<String> told = new ArrayList<>();
    private long now;

    @Test
    void tellsOfStepsReuseAndWarnings() {
        BuildahProgress progress = new BuildahProgress(observer(), 5, () -> now += 1_000_000);

        Stream.of(
                        "[1/2] STEP 1/2: FROM base@sha256:0 AS one",
                        "Trying to pull base@sha256:0...",
                        "[1/2] STEP 2/2: RUN make",
                        "--> Using cache 0a1b",
                        "[2/2] STEP 1/3: FROM scratch",
                        "[2/2] STEP 2/3: COPY --from=one /a /b",
                        "[Warning] one or more build args were not consumed: [TARGETARCH]",
                        "[Warning] something else")
                .forEach(progress::read);
        progress.finish();

        assertThat(told)
                .containsExactly(
                        "1/5 1 FROM base@sha256:0 AS one",
                        "2/5 1 RUN make (reused)",
                        "3/5 2 FROM scratch",
                        "warning: something else",
                        "4/5 2 COPY --from=one /a /b");
    }

    private BuildObserver observer() {
        return new BuildObserver() {
            @Override
            public void stepDone(Step step, boolean reused, Duration took) {
                assertThat(took).isPositive();
                told.add("%d/%d %s %s%s"
                        .formatted(step.number(), step.total(), step.stage(), step.text(), reused ? " (reused)" : ""));
            }

            @Override
            public void warning(String text) {
                told.add("warning: " + text);
            }

            @Override
            public void output(String line) {
                assertThat(line).isNotBlank();
            }
        };
    }
}
