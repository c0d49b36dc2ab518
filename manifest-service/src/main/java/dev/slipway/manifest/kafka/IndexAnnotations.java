package dev.slipway.manifest.kafka;

import dev.slipway.events.BuildPlan;
import java.util.Map;
import java.util.TreeMap;

/**
 * The annotations of an index: those of the specification that the images have as labels, and what the request asks for,
 * which wins.
 */
final class IndexAnnotations {
    private static final String PREFIX = "org.opencontainers.image.";
    private static final String CREATED = PREFIX + "created";

    private IndexAnnotations() {}

    static Map<String, String> of(BuildPlan plan) {
        Map<String, String> annotations = new TreeMap<>();
        plan.labels().forEach((key, value) -> {
            if (key.startsWith(PREFIX) && !key.equals(PREFIX + "architecture") && !key.equals(PREFIX + "ref.name")) {
                annotations.put(key, value);
            }
        });
        if (plan.request().reproducible()) {
            annotations.remove(CREATED);
        } else {
            annotations.putIfAbsent(CREATED, plan.requestedAt().toString());
        }
        annotations.putAll(plan.request().annotations());
        return annotations;
    }
}
