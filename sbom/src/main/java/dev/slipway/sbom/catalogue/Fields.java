package dev.slipway.sbom.catalogue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A paragraph of {@code Name: value} lines, as Debian, Python and Java write them; a line that begins with space goes on. */
public final class Fields {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private Fields() {}

    /** The next paragraph, which ends with an empty line; empty at the end of the text. */
    public static Optional<Fields> next(TextLines lines) throws IOException {
        Fields fields = new Fields();
        String last = "";
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            String text = line.get();
            if (text.isBlank()) {
                if (!fields.values.isEmpty()) {
                    break;
                }
            } else if (text.startsWith(" ") || text.startsWith("\t")) {
                fields.goOn(last, text);
            } else {
                last = fields.begin(text);
            }
        }
        return fields.values.isEmpty() ? Optional.empty() : Optional.of(fields);
    }

    private String begin(String text) {
        int colon = text.indexOf(':');
        String name = text.substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT);
        if (!name.isEmpty()) {
            values.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(text.substring(colon + 1).strip());
        }
        return name;
    }

    /** Manifests of Java cut lines anywhere; only what is short matters here, and is put together without the space. */
    private void goOn(String name, String text) {
        List<String> known = values.get(name);
        if (known != null && known.getLast().length() < 4096) {
            known.set(known.size() - 1, known.getLast() + text.substring(1));
        }
    }

    /** The first value of that name, whatever its case; empty where there is none. */
    public String get(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? "" : all.getFirst();
    }

    public List<String> all(String name) {
        return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
