package dev.slipway.warmup.keep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.warmup.PublishedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WarmSetTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Reference TAG = Reference.parse("ghcr.io/acme/shop:prod");
    private static final Digest OLD = new Digest("sha256:" + "a".repeat(64));
    private static final Digest BAD = new Digest("sha256:" + "b".repeat(64));

    private final WarmSet set = new WarmSet();

    private static KeptImage kept(String cluster, Digest digest, Duration time) {
        return new KeptImage(
                cluster,
                TAG,
                new PublishedImage("request", digest, List.of(TAG.repository())),
                Map.of("pool", "web"),
                NOON.plus(time));
    }

    private List<Digest> keptAt(Instant now) {
        return set.at(now).stream().map(image -> image.image().digest()).toList();
    }

    @Test
    void followsATagForwardsAndBack() {
        set.said(kept("eu", OLD, Duration.ofHours(24)), NOON);
        assertThat(keptAt(NOON)).containsExactly(OLD);

        set.moved(TAG.toString(), BAD, "publish", NOON.plusSeconds(60));
        assertThat(keptAt(NOON)).containsExactly(BAD);

        set.moved(TAG.toString(), OLD, "rollback", NOON.plusSeconds(120));
        assertThat(keptAt(NOON)).as("the bad one is not kept any more").containsExactly(OLD);
    }

    @Test
    void aMoveFromBeforeTheRequestChangesNothing() {
        set.moved(TAG.toString(), BAD, "earlier", NOON.minusSeconds(60));
        set.said(kept("eu", OLD, Duration.ofHours(24)), NOON);
        set.moved("ghcr.io/acme/shop:prod2", BAD, "other", NOON.plusSeconds(60));

        assertThat(set.at(NOON)).containsExactly(kept("eu", OLD, Duration.ofHours(24)));
    }

    @Test
    void aMoveThatIsReadLateDoesNotTurnBack() {
        set.said(kept("eu", OLD, Duration.ofHours(24)), NOON);
        set.moved(TAG.toString(), BAD, "second", NOON.plusSeconds(120));
        set.moved(TAG.toString(), OLD, "first", NOON.plusSeconds(60));

        assertThat(keptAt(NOON)).containsExactly(BAD);
    }

    @Test
    void keepsForTheTimeThatWasSaidLastOnEachCluster() {
        set.said(kept("eu", OLD, Duration.ofHours(24)), NOON);
        set.said(kept("us", OLD, Duration.ofHours(1)), NOON);
        assertThat(set.at(NOON)).hasSize(2);
        assertThat(set.at(NOON.plus(Duration.ofHours(2))))
                .extracting(KeptImage::cluster)
                .containsExactly("eu");

        set.said(kept("eu", OLD, Duration.ZERO), NOON);

        assertThat(set.at(NOON)).extracting(KeptImage::cluster).containsExactly("us");
    }
}
