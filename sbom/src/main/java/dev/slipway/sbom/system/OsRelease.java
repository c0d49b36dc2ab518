package dev.slipway.sbom.system;

import dev.slipway.sbom.catalogue.Cataloguer;
import dev.slipway.sbom.catalogue.Distribution;
import dev.slipway.sbom.catalogue.Evidence;
import dev.slipway.sbom.catalogue.LayerFile;
import dev.slipway.sbom.catalogue.TextLines;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which distribution an image is ({@code os-release(5)}). */
public final class OsRelease implements Cataloguer {
    private static final Set<String> PATHS = Set.of("etc/os-release", "usr/lib/os-release");

    @Override
    public boolean wants(String path) {
        return PATHS.contains(path);
    }

    @Override
    public Evidence read(LayerFile file) throws IOException {
        Map<String, String> values = new HashMap<>();
        TextLines lines = new TextLines(file.content());
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            int equals = line.get().indexOf('=');
            if (equals > 0) {
                values.put(
                        line.get().substring(0, equals).strip(),
                        plain(line.get().substring(equals + 1).strip()));
            }
        }
        String id = values.getOrDefault("ID", "").toLowerCase(Locale.ROOT);
        return id.isEmpty()
                ? new Evidence.Nothing()
                : new Evidence.Origin(new Distribution(
                        id, values.getOrDefault("VERSION_ID", ""), values.getOrDefault("PRETTY_NAME", id)));
    }

    private static String plain(String value) {
        boolean quoted = value.length() > 1
                && (value.startsWith("\"") || value.startsWith("'"))
                && value.charAt(0) == value.charAt(value.length() - 1);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
