package dev.slipway.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WarmImageTest {
    private static final PublishedImage IMAGE = new PublishedImage("b", new Digest("sha256:" + "a".repeat(64)));

    private final List<PublishedImage> asked = new ArrayList<>();

    private Cluster cluster(String name, int nodes, int warm) {
        return new Cluster() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public WarmupOutcome warm(PublishedImage image) {
                asked.add(image);
                return new WarmupOutcome.Warmed(name, nodes, warm);
            }
        };
    }

    @Test
    void saysThatThereIsNoClusterOnce() {
        List<WarmupOutcome> outcomes = new WarmImage(List.of()).warm(IMAGE);

        assertThat(outcomes).containsExactly(new WarmupOutcome.NoCluster());
    }

    @Test
    void warmsOnEveryCluster() {
        WarmImage warmImage = new WarmImage(List.of(cluster("eu", 3, 3), cluster("us", 2, 1)));

        List<WarmupOutcome> outcomes = warmImage.warm(IMAGE);

        assertThat(outcomes)
                .containsExactly(new WarmupOutcome.Warmed("eu", 3, 3), new WarmupOutcome.Warmed("us", 2, 1));
        assertThat(asked).containsExactly(IMAGE, IMAGE);
    }

    @Test
    void noMoreNodesAreWarmThanThereAre() {
        assertThatThrownBy(() -> new WarmupOutcome.Warmed("eu", 2, 3)).hasMessageContaining("3 of 2");
        assertThatThrownBy(() -> new WarmupOutcome.Warmed("eu", 2, -1)).hasMessageContaining("-1 of 2");
    }
}
