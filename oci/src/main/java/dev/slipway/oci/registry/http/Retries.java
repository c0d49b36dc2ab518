package dev.slipway.oci.registry.http;

import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import dev.slipway.oci.registry.errors.Errors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Tries again what may succeed later. One per registry: a {@code Retry-After} holds back every request to it, not only the one
 * that was told.
 */
final class Retries {

    /** One try. */
    @FunctionalInterface
    interface Attempt<T> {
        T run(int number) throws TransientFailure;
    }

    private final String registry;
    private final RetryLimits limits;
    private final InstantSource clock;
    private final Pauses pauses;
    private volatile Instant notBefore = Instant.MIN;

    Retries(String registry, RetryLimits limits, InstantSource clock, Pauses pauses) {
        this.registry = registry;
        this.limits = limits;
        this.clock = clock;
        this.pauses = pauses;
    }

    <T> T run(Attempt<T> attempt) {
        Duration budget = limits.retryAfterBudget();
        List<String> tried = new ArrayList<>();
        for (int number = 1; ; number++) {
            budget = budget.minus(waitForRegistry(budget));
            try {
                return attempt.run(number);
            } catch (TransientFailure e) {
                tried.add(e.inShort());
                if (number >= limits.attempts()) {
                    throw failure(e, tried);
                }
                if (e.retryAfter().isPresent()) {
                    Duration asked = e.retryAfter().get();
                    if (asked.compareTo(budget) > 0) {
                        throw failure(e, tried);
                    }
                    holdBack(clock.instant().plus(asked));
                } else {
                    pause(withJitter(limits.pauseAfter(number)));
                }
            }
        }
    }

    private static StoreException failure(TransientFailure last, List<String> tried) {
        return tried.size() == 1
                ? last.failure()
                : last.failure().having(" (%d attempts: %s)".formatted(tried.size(), String.join(", ", tried)));
    }

    /** Waits the n-th pause of a sequence that is not this class's own. */
    void pauseAfter(int attempt) {
        pause(limits.pauseAfter(attempt));
    }

    private synchronized void holdBack(Instant until) {
        if (until.isAfter(notBefore)) {
            notBefore = until;
        }
    }

    private Duration waitForRegistry(Duration budget) {
        Instant until = notBefore;
        if (until.equals(Instant.MIN)) {
            return Duration.ZERO;
        }
        Duration wait = Duration.between(clock.instant(), until);
        if (!wait.isPositive()) {
            return Duration.ZERO;
        }
        if (wait.compareTo(budget) > 0) {
            throw new StoreException(
                    Kind.UNAVAILABLE,
                    registry,
                    "%s asked to be left alone for %d more seconds".formatted(registry, wait.toSeconds()),
                    null);
        }
        pause(wait);
        return wait;
    }

    private void pause(Duration length) {
        try {
            pauses.pause(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errors.interrupted(registry, e);
        }
    }

    private static Duration withJitter(Duration pause) {
        long half = pause.toNanos() / 2;
        return Duration.ofNanos(half + RandomGenerator.getDefault().nextLong(half + 1));
    }
}
