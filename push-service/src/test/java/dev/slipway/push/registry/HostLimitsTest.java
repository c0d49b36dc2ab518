package dev.slipway.push.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.push.work.Parallel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HostLimitsTest {
    private final HostLimits limits = new HostLimits(2, 1);
    private final Parallel parallel = new Parallel(Thread.ofVirtual().factory());

    @Test
    void asksARegistryForSoMuchAtOnceAndNoMore() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);

        parallel.forEach(
                IntStream.range(0, 20).boxed().toList(),
                i -> limits.request("a.test", () -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    two.countDown();
                    await(two);
                    return running.decrementAndGet();
                }));

        assertThat(most).hasValue(2);
    }

    @Test
    void holdsNobodyUpForAnotherRegistryOrForUploads() {
        CountDownLatch all = new CountDownLatch(4);

        parallel.forEach(IntStream.range(0, 4).boxed().toList(), i -> {
            switch (i) {
                case 0, 1 -> limits.request("a.test", () -> meet(all));
                case 2 -> limits.request("b.test", () -> meet(all));
                default -> limits.upload("a.test", () -> meet(all));
            }
        });

        assertThat(all.getCount()).isZero();
    }

    @Test
    void givesItsPlaceBackAfterAFailure() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> limits.upload("a.test", () -> {
                        throw new IllegalStateException("for the test");
                    }))
                    .hasMessage("for the test");
        }

        assertThat(limits.upload("a.test", () -> "done")).isEqualTo("done");
    }

    private static long meet(CountDownLatch all) {
        all.countDown();
        await(all);
        return all.getCount();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
