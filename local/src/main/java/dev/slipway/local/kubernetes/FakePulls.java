package dev.slipway.local.kubernetes;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/** How pulls go. */
@FunctionalInterface
public interface FakePulls {

    /**
     * One pull.
     *
     * @param fault empty where it succeeds
     */
    record Pull(Duration takes, Optional<PullFault> fault) {
        public static Pull done(Duration takes) {
            return new Pull(takes, Optional.empty());
        }

        public static Pull failed(PullFault fault) {
            return new Pull(Duration.ofMillis(5), Optional.of(fault));
        }

        /** One that does not come to an end. */
        public static Pull hung() {
            return done(Duration.ofDays(1));
        }
    }

    /**
     * The next pull of an image by a node; the same for the same arguments.
     *
     * @param attempt from 1
     */
    Pull pull(String node, String image, int attempt);

    /**
     * Pulls that all succeed, and take times that a seed decides.
     *
     * @param seed the same gives each node the same times
     */
    static FakePulls seeded(long seed, Duration fastest, Duration slowest) {
        return (node, image, attempt) -> {
            long range = Math.max(1, slowest.minus(fastest).toMillis());
            long millis =
                    new SplittableRandom(seed ^ node.hashCode() ^ ((long) image.hashCode() << 32)).nextLong(range);
            return Pull.done(fastest.plusMillis(millis));
        };
    }
}
