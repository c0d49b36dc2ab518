package dev.slipway.oci.registry.http;

import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import dev.slipway.oci.registry.errors.Errors;
import dev.slipway.oci.registry.errors.RegistryException;
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
    private final RetryObserver observer;
    private final InstantSource clock;
    private final Pauses pauses;
    private volatile Instant notBefore = Instant.MIN;

    Retries(String registry, HttpSettings settings) {
        this.registry = registry;
        this.limits = settings.retries();
        this.observer = settings.retryObserver();
        this.clock = settings.clock();
        this.pauses = settings.pauses();
    }

    <T> T run(Attempt<T> attempt) {
        Duration budget = limits.retryAfterBudget();
        List<String> tried = new ArrayList<>();
        for (int number = 1; ; number++) {
            try {
                budget = budget.minus(waitForRegistry(budget));
                return attempt.run(number);
            } catch (TransientFailure e) {
                tried.add(inShort(e.failure()));
                Duration pause = e.retryAfter().orElse(withJitter(limits.pauseAfter(number)));
                if (number >= limits.attempts() || (e.retryAfter().isPresent() && pause.compareTo(budget) > 0)) {
                    throw having(e.failure(), tried);
                }
                observer.retried(new RetryObserver.Retry(e.failure(), number + 1, pause));
                if (e.retryAfter().isPresent()) {
                    holdBack(clock.instant().plus(pause));
                } else {
                    pause(pause);
                }
            } catch (StoreException e) {
                tried.add(inShort(e));
                throw having(e, tried);
            }
        }
    }

    /** A failure that says what was tried, where that was more than once. */
    static StoreException having(StoreException last, List<String> tried) {
        return tried.size() == 1
                ? last
                : last.having(" (%d attempts: %s)".formatted(tried.size(), String.join(", ", tried)));
    }

    /** In a word or two, for the list of what was tried. */
    static String inShort(StoreException failure) {
        return failure instanceof RegistryException answered ? Integer.toString(answered.status()) : "no answer";
    }

    /** Tells of a try that is made again by another sequence than this class's own, and waits its n-th pause; 0 for none. */
    void again(StoreException failure, int number, int pause) {
        Duration length = pause == 0 ? Duration.ZERO : limits.pauseAfter(pause);
        observer.retried(new RetryObserver.Retry(failure, number, length));
        if (pause > 0) {
            pause(length);
        }
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
