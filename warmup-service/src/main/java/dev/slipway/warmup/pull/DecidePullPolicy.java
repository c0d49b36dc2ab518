package dev.slipway.warmup.pull;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.warmup.pull.Copies.Count;
import dev.slipway.warmup.pull.TagIndex.Named;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Which pull policy a pod on a cluster should have for an image, by what is in memory. */
public final class DecidePullPolicy {
    private final PullPolicyRules rules;
    private final Pattern immutableTags;
    private final Copies copies;
    private final InstantSource clock;
    private final Map<String, Heat> heat = new ConcurrentHashMap<>();

    /**
     * Makes the use case.
     *
     * @param immutableTags what tags look like that do not move
     */
    public DecidePullPolicy(PullPolicyRules rules, Pattern immutableTags, Copies copies, InstantSource clock) {
        this.rules = rules;
        this.immutableTags = immutableTags;
        this.copies = copies;
        this.clock = clock;
    }

    /** The heat of a cluster. */
    public Heat heatOf(String cluster) {
        return heat.computeIfAbsent(cluster, name -> new Heat(rules.window(), clock));
    }

    /** Decides for a tag that Slipway published. */
    public Decision decide(String cluster, Named image, boolean pinned, boolean canary) {
        return decide(cluster, image.digest(), Optional.of(image.reference()), pinned, canary);
    }

    /** Decides for a digest. */
    public Decision decide(String cluster, Digest digest, boolean canary) {
        return decide(cluster, digest, Optional.empty(), true, canary);
    }

    private Decision decide(
            String cluster, Digest digest, Optional<Reference.Tagged> tag, boolean pinned, boolean canary) {
        Optional<Count> count = copies.of(cluster, digest);
        int asking = tag.map(name -> heatOf(cluster).nodes(name.toString(), digest.value()))
                .orElseGet(() -> heatOf(cluster).nodes(digest.value()));
        return rules.decide(new Situation(
                pinned,
                tag.filter(name -> immutableTags.matcher(name.tag()).matches()).isPresent(),
                canary,
                asking,
                count.map(Count::copies).orElse(0),
                count.map(Count::nodes).orElse(0),
                count.map(known -> Duration.between(known.at(), clock.instant()))));
    }
}
