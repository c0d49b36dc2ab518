package dev.slipway.warmup.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReviewPullPoliciesTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Digest FIRST = new Digest("sha256:" + "a".repeat(64));
    private static final Digest SECOND = new Digest("sha256:" + "b".repeat(64));

    private Instant now = NOON;
    private final TagIndex tags = new TagIndex();
    private final Copies copies = new Copies(() -> now);
    private final DecidePullPolicy decide = new DecidePullPolicy(
            new PullPolicyRules(Duration.ofMinutes(5), 3, 0.95, Duration.ofMinutes(10)),
            Pattern.compile("v?[0-9]+\\.[0-9]+\\.[0-9]+.*"),
            copies,
            () -> now);
    private final List<String> said = new ArrayList<>();
    private final ReviewPullPolicies review = new ReviewPullPolicies(
            () -> List.of("eu", "us"),
            tags,
            copies,
            decide,
            (cluster, image, decision) -> said.add(
                    "%s %s %s %s".formatted(cluster, image.reference().tag(), decision.policy(), decision.rule())));

    private void moved(String tag, Digest digest, Instant at) {
        tags.moved(new TagIndex.Named(Reference.parseTagged("ghcr.io/acme/shop:" + tag), digest, "b", at));
    }

    private List<String> review() {
        said.clear();
        review.review();
        return List.copyOf(said);
    }

    @Test
    void saysOnceWhatIsDecidedOtherwise() {
        moved("prod", FIRST, NOON);
        assertThat(review()).as("nobody wants it").isEmpty();

        copies.counted("eu", FIRST, 100, 100);
        assertThat(review()).containsExactly("eu prod IF_NOT_PRESENT EVERYDAY_SCALING");
        assertThat(review()).isEmpty();

        now = NOON.plus(Duration.ofMinutes(10));
        assertThat(review()).containsExactly("eu prod ALWAYS BY_TAG");
    }

    @Test
    void whatIsHotAndNowhereIsSaidForItsClusterAlone() {
        moved("1.2.3", FIRST, NOON);
        for (String node : List.of("n1", "n2", "n3")) {
            decide.heatOf("us").asked("ghcr.io/acme/shop:1.2.3", node, NOON);
        }
        assertThat(review()).containsExactly("us 1.2.3 ALWAYS HOT_AND_NOT_CACHED");

        copies.counted("us", FIRST, 1, 100);
        assertThat(review()).containsExactly("us 1.2.3 IF_NOT_PRESENT BY_TAG");
    }

    @Test
    void isBoundToTheDigestAndNotToTheTag() {
        moved("prod", FIRST, NOON);
        copies.counted("eu", FIRST, 100, 100);
        decide.heatOf("eu").asked("ghcr.io/acme/shop:prod", "n1", NOON);
        review();

        moved("prod", SECOND, NOON.plusSeconds(1));
        moved("prod", FIRST, NOON.minusSeconds(1));

        assertThat(review()).as("nothing proves that the new one is there").containsExactly("eu prod ALWAYS BY_TAG");
        assertThat(tags.size()).isOne();
    }
}
