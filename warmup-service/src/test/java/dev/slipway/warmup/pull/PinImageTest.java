package dev.slipway.warmup.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PinImageTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Digest FIRST = new Digest("sha256:" + "a".repeat(64));
    private static final Digest SECOND = new Digest("sha256:" + "b".repeat(64));

    private final TagIndex tags = new TagIndex();
    private final DecidePullPolicy decide = new DecidePullPolicy(
            new PullPolicyRules(Duration.ofMinutes(5), 3, 0.95, Duration.ofMinutes(10)),
            Pattern.compile("v?[0-9]+\\.[0-9]+\\.[0-9]+.*"),
            new Copies(() -> NOON),
            () -> NOON);
    private final PinImage pinImage = new PinImage(tags, decide);

    private void moved(String tag, Digest digest, int second) {
        tags.moved(new TagIndex.Named(
                Reference.parseTagged("ghcr.io/acme/shop:" + tag), digest, "b", NOON.plusSeconds(second)));
    }

    private Optional<String> pin(String image, String policy) {
        return pinImage.pin("eu", image, policy, false).map(pinned -> pinned.image() + " " + pinned.policy());
    }

    @Test
    void pinsATagToWhatItNamesNow() {
        moved("1.1", FIRST, 0);
        assertThat(pin("ghcr.io/acme/shop:1.1", "IfNotPresent"))
                .contains("ghcr.io/acme/shop:1.1@" + FIRST + " IfNotPresent");

        moved("1.1", SECOND, 1);

        assertThat(pin("ghcr.io/acme/shop:1.1", "IfNotPresent"))
                .as("never what it named before")
                .contains("ghcr.io/acme/shop:1.1@" + SECOND + " IfNotPresent");
    }

    @Test
    void leavesAloneWhatSlipwayDidNotPublish() {
        moved("1.1", FIRST, 0);

        assertThat(pin("ghcr.io/acme/shop:1.10", "Always")).isEmpty();
        assertThat(pin("ghcr.io/acme/other:1.1", "Always")).isEmpty();
        assertThat(pin("ghcr.io/acme/shop@" + FIRST, "Always")).isEmpty();
        assertThat(pin("no reference at all", "Always")).isEmpty();
    }

    @Test
    void neverWeakensAlwaysAndNeverSaysNever() {
        moved("1.1", FIRST, 0);

        assertThat(pin("ghcr.io/acme/shop:1.1", "Always")).contains("ghcr.io/acme/shop:1.1@" + FIRST + " Always");
        assertThat(pin("ghcr.io/acme/shop:1.1", "Never")).isEmpty();
    }

    @Test
    void asksTheRegistryForWhatIsHotAndForCanaries() {
        moved("1.1", FIRST, 0);
        assertThat(pinImage.pin("eu", "ghcr.io/acme/shop:1.1", "IfNotPresent", true))
                .hasValueSatisfying(pinned -> assertThat(pinned.policy()).isEqualTo("Always"));

        for (String node : new String[] {"n1", "n2", "n3"}) {
            decide.heatOf("eu").asked(FIRST.value(), node, NOON);
        }

        assertThat(pin("ghcr.io/acme/shop:1.1", "IfNotPresent"))
                .hasValueSatisfying(pinned -> assertThat(pinned).endsWith(" Always"));
    }
}
