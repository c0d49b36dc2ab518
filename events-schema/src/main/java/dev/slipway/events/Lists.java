package dev.slipway.events;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Normal forms of the collections that producers send: never null, never changed later, order kept. */
final class Lists {
    private Lists() {}

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** Keeps the order in which the producer wrote the entries, unlike {@code Map.copyOf}. */
    static <K, V> Map<K, V> ordered(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /**
     * Flattens {@code ["a,b"]}, {@code ["[\"a\",\"b\"]"]} and {@code ["a","b"]} to {@code [a, b]}: the three forms in which
     * CI systems hand over a list.
     */
    static List<String> expand(@Nullable List<String> values) {
        if (values == null) {
            return List.of();
        }
        List<String> expanded = new ArrayList<>();
        for (String value : values) {
            String text = value.strip();
            boolean jsonArray = text.startsWith("[") && text.endsWith("]");
            if (jsonArray) {
                text = text.substring(1, text.length() - 1);
            }
            for (String part : text.split(",", -1)) {
                String item = part.strip();
                if (jsonArray && item.length() >= 2 && item.startsWith("\"") && item.endsWith("\"")) {
                    item = item.substring(1, item.length() - 1);
                }
                if (!item.isEmpty()) {
                    expanded.add(item);
                }
            }
        }
        return List.copyOf(expanded);
    }
}
