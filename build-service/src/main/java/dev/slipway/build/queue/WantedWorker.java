package dev.slipway.build.queue;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which workers may build something.
 *
 * @param labels that they must have, each with that value
 */
public record WantedWorker(String pool, Map<String, String> labels) {
    public WantedWorker {
        labels = Map.copyOf(labels);
    }

    boolean isMetBy(WorkerReport worker) {
        return pool.equals(worker.pool()) && isMetBy(worker.labels());
    }

    /** Whether a worker of the pool with such labels is one of them. */
    public boolean isMetBy(Map<String, String> has) {
        return has.entrySet().containsAll(labels.entrySet());
    }

    /** For messages: {@code pool 'default' with the labels env=prod}. */
    @Override
    public String toString() {
        return labels.isEmpty()
                ? "pool '%s'".formatted(pool)
                : "pool '%s' with the labels %s".formatted(pool, text(labels));
    }

    /** Labels for messages, in the order of their names. */
    public static String text(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(", "));
    }
}
