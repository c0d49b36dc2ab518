package dev.slipway.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Digest;
import dev.slipway.warmup.pull.Copies;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class WarmImageTest {
    private static final PublishedImage IMAGE =
            new PublishedImage("b", new Digest("sha256:" + "a".repeat(64)), List.of());
    private static final Progress NOTHING =
            new Progress(0, 0, 0, 0, Map.of(), Map.of(), List.of(), Progress.Times.NONE, 0);

    private final List<WarmupOutcome> ended = new CopyOnWriteArrayList<>();
    private final WarmupListener listener = new WarmupListener() {
        @Override
        public void started(String cluster, int nodes) {}

        @Override
        public void progressed(String cluster, Progress progress) {}

        @Override
        public void ended(WarmupOutcome outcome) {
            ended.add(outcome);
        }
    };

    private record Ending(String name, Runnable first) implements Cluster {
        @Override
        public WarmupOutcome warm(PublishedImage image, WarmupWish wish, WarmupListener listener) {
            first.run();
            WarmupOutcome outcome = new WarmupOutcome.Warmed(name, NOTHING);
            listener.ended(outcome);
            return outcome;
        }

        @Override
        public void keep(PublishedImage image, WarmupWish wish, Duration time, Consumer<String> evicted) {
            throw new AssertionError("nothing was to be kept");
        }
    }

    private void warm(WarmupWish wish, Cluster... clusters) {
        new WarmImage(() -> List.of(clusters), Thread.ofVirtual().factory(), new Copies(InstantSource.system()))
                .warm(IMAGE, wish, listener);
    }

    @Test
    void saysThatThereIsNoClusterOnce() {
        warm(WarmupWish.NOTHING_SPECIAL);

        assertThat(ended).containsExactly(new WarmupOutcome.NoCluster());
    }

    @Test
    void aClusterThatIsSlowHoldsUpNoOther() {
        CountDownLatch otherEnded = new CountDownLatch(1);
        Cluster slow = new Ending("slow", () -> await(otherEnded));
        Cluster fast = new Ending("fast", otherEnded::countDown);

        warm(WarmupWish.NOTHING_SPECIAL, slow, fast);

        assertThat(ended)
                .containsExactlyInAnyOrder(
                        new WarmupOutcome.Warmed("slow", NOTHING), new WarmupOutcome.Warmed("fast", NOTHING));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void warmsTheClustersThatWereNamedAndSaysWhichAreUnknown() {
        warm(
                new WarmupWish(List.of("eu", "mars"), Map.of(), List.of(), Optional.empty()),
                new Ending("eu", () -> {}),
                new Ending("us", () -> {}));

        assertThat(ended)
                .containsExactly(
                        new WarmupOutcome.Failed(
                                "mars",
                                WarmupOutcome.Cause.CLUSTER_UNKNOWN,
                                "there is no cluster 'mars'; configured are [eu, us]"),
                        new WarmupOutcome.Warmed("eu", NOTHING));
    }

    @Test
    void aDefectOfOneClusterIsHeardOfWhenAllHaveEnded() {
        Cluster broken = new Ending("broken", () -> {
            throw new IllegalStateException("for the test");
        });

        assertThatThrownBy(() -> warm(WarmupWish.NOTHING_SPECIAL, broken, new Ending("eu", () -> {})))
                .hasMessage("for the test");
        assertThat(ended).containsExactly(new WarmupOutcome.Warmed("eu", NOTHING));
    }
}
