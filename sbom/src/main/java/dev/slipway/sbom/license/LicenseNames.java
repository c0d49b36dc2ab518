package dev.slipway.sbom.license;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The identifiers of the SPDX license list, whatever case they are in, and names that people use for them. */
final class LicenseNames {
    /** {@code GPL-2+}, {@code GPLv2}, {@code LGPL 2.1 or later}: Debian's and RPM's way, and SPDX' former one. */
    private static final Pattern GNU = Pattern.compile("(a|l|)gpl[- ]?v?([123])(?:\\.([01]))?(\\+| or later)?");

    private static final Map<String, String> LICENSES = ids("license-ids.txt");
    private static final Map<String, String> EXCEPTIONS = ids("exception-ids.txt");
    private static final Map<String, String> NAMES = names();

    private LicenseNames() {}

    static Optional<String> license(String text) {
        String key = key(text);
        return Optional.ofNullable(LICENSES.get(key))
                .or(() -> Optional.ofNullable(NAMES.get(key)))
                .or(() -> gnu(key));
    }

    static Optional<String> exception(String text) {
        return Optional.ofNullable(EXCEPTIONS.get(key(text)));
    }

    private static Optional<String> gnu(String key) {
        Matcher matcher = GNU.matcher(key);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String minor = matcher.group(3) == null ? "0" : matcher.group(3);
        String id = "%sgpl-%s.%s-%s"
                .formatted(matcher.group(1), matcher.group(2), minor, matcher.group(4) == null ? "only" : "or-later");
        return Optional.ofNullable(LICENSES.get(id));
    }

    private static String key(String text) {
        return text.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .replaceFirst("^https?://(?:www\\.)?", "")
                .replaceFirst("(?<=/.{1,200})(?:\\.txt|\\.html|/)$", "");
    }

    private static Map<String, String> ids(String file) {
        Map<String, String> ids = new HashMap<>();
        lines(file).forEach(id -> ids.put(id.toLowerCase(Locale.ROOT), id));
        return Map.copyOf(ids);
    }

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        lines("license-names.txt").forEach(line -> names.put(line.split("\t", 2)[1], line.split("\t", 2)[0]));
        return Map.copyOf(names);
    }

    private static List<String> lines(String file) {
        try (InputStream in = LicenseNames.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("this jar lacks " + file);
            }
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("this jar's %s cannot be read".formatted(file), e);
        }
    }
}
