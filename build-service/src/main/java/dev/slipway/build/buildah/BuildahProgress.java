package dev.slipway.build.buildah;

import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuildObserver.Step;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what Buildah prints: steps, reuse, warnings. */
final class BuildahProgress {
    private static final Pattern STEP = Pattern.compile("(?:\\[(\\d+)/\\d+] )?STEP \\d+/\\d+: (.+)");
    private static final String REUSED = "--> Using cache ";
    private static final String WARNING = "[Warning] ";

    private final BuildObserver observer;
    private final int total;
    private final LongSupplier nanoTime;
    private @Nullable Step current;
    private long started;
    private boolean reused;
    private int number;

    /**
     * Starts before the first line.
     *
     * @param total steps that are expected
     */
    BuildahProgress(BuildObserver observer, int total, LongSupplier nanoTime) {
        this.observer = observer;
        this.total = total;
        this.nanoTime = nanoTime;
    }

    void read(String line) {
        observer.output(line);
        Matcher step = STEP.matcher(line);
        if (step.matches()) {
            finish();
            number++;
            String stage = step.group(1) == null ? "1" : step.group(1);
            current = new Step(
                    number, Math.max(number, total), stage, step.group(2).strip());
            started = nanoTime.getAsLong();
        } else if (line.startsWith(REUSED)) {
            reused = true;
        } else if (line.startsWith(WARNING) && !line.contains("build args were not consumed")) {
            observer.warning(line.substring(WARNING.length()));
        }
    }

    /** The last step has ended well. */
    void finish() {
        Step step = current;
        if (step != null) {
            observer.stepDone(step, reused, Duration.ofNanos(nanoTime.getAsLong() - started));
        }
        current = null;
        reused = false;
    }
}
