package dev.slipway.warmup.wiring;

import dev.slipway.warmup.pull.ReviewPullPolicies;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Decides anew every now and then: the window of heat slides by itself. */
final class PullPolicyReviews implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PullPolicyReviews.class);

    private final ReviewPullPolicies review;
    private final Duration every;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("pull policies").unstarted(work));

    PullPolicyReviews(ReviewPullPolicies review, Duration every) {
        this.review = review;
        this.every = every;
    }

    void begin() {
        var _ = timer.scheduleWithFixedDelay(this::review, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What could not be made known is told with the next one. */
    private void review() {
        try {
            review.review();
        } catch (RuntimeException e) {
            LOG.warnf("slipway.pull_policy_not_said reason=%s", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
