package dev.slipway.warmup.pull;

import dev.slipway.warmup.pull.Decision.Rule;
import java.time.Duration;
import java.util.Locale;

/**
 * The table of pull policies; the first rule that matches wins.
 *
 * @param window in which nodes that ask count
 * @param hotNodes so many of them make an image hot
 * @param presentOn the part of the nodes that must have an image for everyday scaling, from 0 to 1
 * @param pulledWithin how long ago it was pulled last, for that
 */
public record PullPolicyRules(Duration window, int hotNodes, double presentOn, Duration pulledWithin) {
    public PullPolicyRules {
        if (hotNodes < 1 || !(presentOn >= 0 && presentOn <= 1)) {
            throw new IllegalArgumentException(
                    "an image is hot from one node on, and a part is from 0 to 1; not %d and %s"
                            .formatted(hotNodes, presentOn));
        }
    }

    public Decision decide(Situation image) {
        if (image.canary()) {
            return new Decision(PullPolicy.ALWAYS, Rule.CANARY, "a canary tries a version before its release");
        }
        if (image.askingNodes() >= hotNodes && image.copies() == 0) {
            return new Decision(
                    PullPolicy.ALWAYS,
                    Rule.HOT_AND_NOT_CACHED,
                    "%d nodes asked for it within %s, and none is proven to have it"
                            .formatted(image.askingNodes(), text(window)));
        }
        if (image.coverage() > presentOn
                && image.lastPulled()
                        .filter(ago -> ago.compareTo(pulledWithin) < 0)
                        .isPresent()) {
            return new Decision(
                    PullPolicy.IF_NOT_PRESENT,
                    Rule.EVERYDAY_SCALING,
                    "it is on %d of %d nodes, and was pulled within %s"
                            .formatted(image.copies(), image.nodes(), text(pulledWithin)));
        }
        if (image.byDigest()) {
            return new Decision(PullPolicy.IF_NOT_PRESENT, Rule.PINNED, "it is named by digest, which cannot change");
        }
        return image.immutable()
                ? new Decision(PullPolicy.IF_NOT_PRESENT, Rule.BY_TAG, "its tag is one that does not move")
                : new Decision(PullPolicy.ALWAYS, Rule.BY_TAG, "its tag may move");
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
