package dev.slipway.warmup.pull;

import dev.slipway.warmup.pull.Decision.Rule;
import dev.slipway.warmup.pull.TagIndex.Named;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Decides anew for every image that was asked for or warmed lately, and tells of what is decided otherwise than before. */
public final class ReviewPullPolicies {
    private record Key(String cluster, String reference) {}

    private record Known(Named image, PullPolicy policy, Rule rule) {}

    private final Supplier<List<String>> clusters;
    private final TagIndex tags;
    private final Copies copies;
    private final DecidePullPolicy decide;
    private final Listener listener;
    private final Map<Key, Known> known = new HashMap<>();

    /** Hears decisions. Each call has been made known when it returns. */
    @FunctionalInterface
    public interface Listener {
        void decided(String cluster, Named image, Decision decision);
    }

    /**
     * Makes the use case.
     *
     * @param clusters names of those that there are
     */
    public ReviewPullPolicies(
            Supplier<List<String>> clusters, TagIndex tags, Copies copies, DecidePullPolicy decide, Listener listener) {
        this.clusters = clusters;
        this.tags = tags;
        this.copies = copies;
        this.decide = decide;
        this.listener = listener;
    }

    /** Tells what changed since the last time; what could not be made known is told again. */
    public synchronized void review() {
        Set<Key> concerned = new HashSet<>();
        for (String cluster : clusters.get()) {
            Set<String> asked = decide.heatOf(cluster).images();
            tags.all()
                    .filter(image -> asked.contains(image.reference().toString())
                            || asked.contains(image.digest().value())
                            || copies.of(cluster, image.digest()).isPresent())
                    .forEach(image -> concerned.add(review(cluster, image)));
        }
        known.keySet().retainAll(concerned);
    }

    private Key review(String cluster, Named image) {
        Key key = new Key(cluster, image.reference().toString());
        Decision decision = decide.decide(cluster, image, false, false);
        Known now = new Known(image, decision.policy(), decision.rule());
        if (!now.equals(known.get(key))) {
            listener.decided(cluster, image, decision);
            known.put(key, now);
        }
        return key;
    }
}
