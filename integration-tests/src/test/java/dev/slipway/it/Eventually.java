package dev.slipway.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again until the answer is what is waited for. */
final class Eventually {
    private Eventually() {}

    static <T> T get(Duration limit, Supplier<T> question, Predicate<T> wanted) {
        long end = System.nanoTime() + limit.toNanos();
        T answer = question.get();
        while (!wanted.test(answer)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("within %s the answer was only %s".formatted(limit, answer));
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            answer = question.get();
        }
        return answer;
    }
}
