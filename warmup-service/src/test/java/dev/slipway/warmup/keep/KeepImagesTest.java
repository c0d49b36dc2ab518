package dev.slipway.warmup.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.warmup.Cluster;
import dev.slipway.warmup.PublishedImage;
import dev.slipway.warmup.WarmupListener;
import dev.slipway.warmup.WarmupOutcome;
import dev.slipway.warmup.WarmupWish;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeepImagesTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final Set<String> holding = ConcurrentHashMap.newKeySet();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final List<String> evictions = new CopyOnWriteArrayList<>();
    private volatile boolean down;
    private final KeepImages images = new KeepImages(
            () -> List.of(new Holding("eu"), new Holding("us")),
            new KeepListener() {
                @Override
                public void evicted(KeptImage image, String node) {
                    evictions.add(image.cluster() + " " + node);
                }

                @Override
                public void troubled(KeptImage image, RuntimeException cause) {
                    troubles.add(image.cluster());
                }
            },
            InstantSource.fixed(NOON),
            Duration.ofMillis(1));

    @AfterEach
    void stop() {
        images.close();
    }

    /** Keeps until it is interrupted. */
    private final class Holding implements Cluster {
        private final String name;

        private Holding(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public WarmupOutcome warm(PublishedImage image, WarmupWish wish, WarmupListener listener) {
            throw new AssertionError("nothing was to be warmed");
        }

        @Override
        public void keep(PublishedImage image, WarmupWish wish, Duration time, Consumer<String> evicted) {
            if (down && name.equals("us")) {
                throw new IllegalStateException("down, for the test");
            }
            String held = name + " " + image.digest().hex().charAt(0) + " " + time;
            holding.add(held);
            evicted.accept("node-1");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                holding.remove(held);
                throw new CancellationException("interrupted");
            }
        }
    }

    private static KeptImage kept(String cluster, String digest) {
        Reference tag = Reference.parse("ghcr.io/acme/shop:prod");
        return new KeptImage(
                cluster,
                tag,
                new PublishedImage("b", new Digest("sha256:" + digest.repeat(64)), List.of(tag.repository())),
                Map.of(),
                NOON.plusSeconds(60));
    }

    @Test
    void keepsWhatIsWantedAndStopsWhatIsNot() {
        images.keep(List.of(kept("eu", "a"), kept("us", "a")));
        await().until(() -> holding.equals(Set.of("eu a PT1M", "us a PT1M")));

        images.keep(List.of(kept("eu", "b")));

        await().until(() -> holding.equals(Set.of("eu b PT1M")));
        assertThat(images.kept()).containsExactly(kept("eu", "b"));
        assertThat(evictions).contains("eu node-1", "us node-1");
    }

    @Test
    void leavesWhatIsKeptAlreadyAsItIs() {
        images.keep(List.of(kept("eu", "a")));
        await().until(() -> evictions.size() == 1);

        images.keep(List.of(kept("eu", "a"), kept("us", "a")));

        await().until(() -> evictions.size() == 2);
        assertThat(evictions).containsExactly("eu node-1", "us node-1");
    }

    @Test
    void aClusterThatIsDownDelaysNoOtherAndIsTriedAgain() {
        down = true;
        images.keep(List.of(kept("us", "a"), kept("eu", "a")));
        await().until(() -> troubles.size() >= 3 && holding.equals(Set.of("eu a PT1M")));
        assertThat(troubles).containsOnly("us");

        down = false;

        await().until(() -> holding.equals(Set.of("eu a PT1M", "us a PT1M")));
    }
}
