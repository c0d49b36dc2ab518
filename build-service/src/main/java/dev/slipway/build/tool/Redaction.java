package dev.slipway.build.tool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Takes the values of secrets out of what tools print. */
public final class Redaction {
    /** Shorter ones stand in too many words. */
    private static final int SHORTEST = 4;

    private static final int LONGEST = 64 * 1024;

    private final List<String> values;

    private Redaction(List<String> values) {
        this.values = values;
    }

    /** Of every line of these files. */
    public static Redaction of(Collection<Path> secrets) {
        List<String> values = new ArrayList<>();
        for (Path secret : secrets) {
            try {
                if (Files.size(secret) <= LONGEST) {
                    byte[] content = Files.readAllBytes(secret);
                    new String(content, UTF_8).lines().map(String::strip).forEach(values::add);
                    new String(content, ISO_8859_1).lines().map(String::strip).forEach(values::add);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the secret '%s' cannot be read".formatted(secret.getFileName()), e);
            }
        }
        return new Redaction(values.stream()
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .sorted(java.util.Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    public String apply(String line) {
        String clean = line;
        for (String value : values) {
            clean = clean.replace(value, "***");
        }
        return clean;
    }
}
