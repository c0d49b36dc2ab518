package dev.slipway.build.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final TimeLimit limit = new TimeLimit(timer);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void returnsWhatEndsInTime() {
        assertThat(limit.within(Duration.ofMinutes(1), () -> "done")).isEqualTo("done");
    }

    @Test
    void interruptsWhatDoesNot() {
        assertThatThrownBy(() -> limit.within(Duration.ofMillis(20), TimeLimitTest::waitForEver))
                .isInstanceOf(TimeLimit.ExceededException.class)
                .hasMessageContaining("PT0.02S");
        assertThat(Thread.currentThread().isInterrupted())
                .as("no interrupt stays behind")
                .isFalse();
    }

    @Test
    void passesFailuresOn() {
        assertThatThrownBy(() -> limit.within(Duration.ofMinutes(1), () -> {
                    throw BuildException.permanent(Reason.CONTEXT_INVALID, "no");
                }))
                .isInstanceOf(BuildException.class);
    }

    private static String waitForEver() {
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildException(Reason.BUILD_CANCELLED, "interrupted", true, e);
        }
    }
}
