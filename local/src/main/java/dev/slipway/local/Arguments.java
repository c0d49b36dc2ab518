package dev.slipway.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code --name value} or {@code --name=value}; every option has a value. */
record Arguments(Map<String, List<String>> values) {
    private static final Set<String> KNOWN = Set.of(
            "--data",
            "--kafka-port",
            "--kafka",
            "--kafka-config",
            "--registry",
            "--registry-bind",
            "--spans-port",
            "--otlp",
            "--partitions",
            "--tenant");

    static Arguments of(List<String> words) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("unknown argument '%s'".formatted(word));
            }
            if (equals < 0 && ++i == words.size()) {
                throw new IllegalArgumentException("%s has no value".formatted(name));
            }
            values.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(equals < 0 ? words.get(i) : word.substring(equals + 1));
        }
        return new Arguments(values);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    Optional<String> one(String name) {
        List<String> given = all(name);
        if (given.size() > 1) {
            throw new IllegalArgumentException("%s was given %d times".formatted(name, given.size()));
        }
        return given.stream().findFirst();
    }

    String required(String name) {
        return one(name).orElseThrow(() -> new IllegalArgumentException("%s is missing".formatted(name)));
    }

    /** 0 is a port here: a free one. */
    static int port(String name, String text) {
        return number(name, text, 0, 65535);
    }

    static int number(String name, String text, int least, int most) {
        int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException("%s %s: not a number from %d to %d".formatted(name, text, least, most));
        }
        return number;
    }
}
