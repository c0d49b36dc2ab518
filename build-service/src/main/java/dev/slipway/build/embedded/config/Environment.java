package dev.slipway.build.embedded.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment of an image's config, {@code NAME=value} each. */
public final class Environment {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Map<String, String> values = new LinkedHashMap<>();

    public Environment(List<String> entries) {
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            values.put(equals < 0 ? entry : entry.substring(0, equals), equals < 0 ? "" : entry.substring(equals + 1));
        }
    }

    public Map<String, String> values() {
        return Collections.unmodifiableMap(values);
    }

    /** One with more variables; one that is there keeps its place. */
    public Environment with(Map<String, String> more) {
        Environment changed = new Environment(entries());
        changed.values.putAll(more);
        return changed;
    }

    /** One in which programs are found, as BuildKit sees to it. */
    public Environment withPath() {
        return values.containsKey("PATH") ? this : with(Map.of("PATH", DEFAULT_PATH));
    }

    public List<String> entries() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }
}
