package dev.slipway.build.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.build.BuildException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AllAtOnceTest {

    @Test
    void givesResultsInTheOrderOfTheTasks() {
        CountDownLatch secondDone = new CountDownLatch(1);
        List<String> heard = new ArrayList<>();

        List<String> results = AllAtOnce.call(
                List.of(
                        () -> {
                            secondDone.await();
                            return "first";
                        },
                        () -> "second"),
                result -> {
                    heard.add(result + " on " + Thread.currentThread().threadId());
                    secondDone.countDown();
                });

        assertThat(results).containsExactly("first", "second");
        long here = Thread.currentThread().threadId();
        assertThat(heard).containsExactly("second on " + here, "first on " + here);
    }

    @Test
    void endsTheOthersWithTheFirstFailure() {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        IllegalStateException failure = new IllegalStateException("disk on fire");

        assertThatThrownBy(() -> AllAtOnce.call(
                        List.<Callable<String>>of(untilInterrupted(interrupted, new CountDownLatch(1)), () -> {
                            throw failure;
                        }),
                        result -> {}))
                .isSameAs(failure);
        assertThat(interrupted).isCompletedWithValue(true);
    }

    @Test
    void endsAllWithThisThread() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual()
                .start(() -> thrown.complete(catchThrowable(() -> AllAtOnce.call(
                        List.<Callable<String>>of(untilInterrupted(interrupted, started)), result -> {}))));
        started.await();

        caller.interrupt();

        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        BuildException.class,
                        e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.BUILD_CANCELLED));
        assertThat(interrupted).isCompletedWithValue(true);
    }

    private static Callable<String> untilInterrupted(CompletableFuture<Boolean> interrupted, CountDownLatch started) {
        return () -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
                return "never";
            } catch (InterruptedException e) {
                interrupted.complete(true);
                throw new IllegalStateException(e);
            }
        };
    }
}
