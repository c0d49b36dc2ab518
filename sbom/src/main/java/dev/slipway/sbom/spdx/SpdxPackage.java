package dev.slipway.sbom.spdx;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.slipway.oci.Digest;
import dev.slipway.sbom.catalogue.Component;
import dev.slipway.sbom.image.Found;
import dev.slipway.sbom.license.LicenseExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A package of a document: one for all places where it was found.
 *
 * @param purl empty where it has a name that none can express
 * @param places sorted
 */
record SpdxPackage(String name, String version, Optional<String> purl, LicenseExpression license, List<String> places) {
    private static final int MOST_PLACES = 20;

    /** What must be equal for two to be the same package. */
    record Key(String type, String name, String version, String purl) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return text().compareTo(other.text());
        }

        private String text() {
            return String.join("\0", type, name, version, purl);
        }

        /** Letters, digits, dots and dashes, unique by a hash. */
        String id() {
            String plain = name.replaceAll("[^A-Za-z0-9.]+", "-");
            String readable = plain.length() > 60 ? plain.substring(0, 60) : plain;
            return "SPDXRef-Package-%s-%s-%s"
                    .formatted(
                            type,
                            readable,
                            Digest.of(text().getBytes(UTF_8)).hex().substring(0, 16));
        }
    }

    static Key key(Component component) {
        return new Key(
                component.ecosystem().type(),
                name(component),
                component.version(),
                purl(component).orElse(""));
    }

    static SpdxPackage of(Key key, List<Found> found) {
        List<String> licenses = new ArrayList<>();
        found.forEach(one -> licenses.addAll(one.component().licenses()));
        List<String> places = found.stream()
                .map(one -> "'%s' of layer %s".formatted(one.path(), one.layer()))
                .distinct()
                .sorted()
                .toList();
        return new SpdxPackage(
                key.name(),
                key.version(),
                Optional.of(key.purl()).filter(text -> !text.isEmpty()),
                LicenseExpression.of(licenses),
                places);
    }

    /** For people: where it was found. */
    String source() {
        String shown = String.join(", ", places.subList(0, Math.min(places.size(), MOST_PLACES)));
        return "found in " + shown
                + (places.size() > MOST_PLACES ? " and in %d more".formatted(places.size() - MOST_PLACES) : "");
    }

    /** As its ecosystem writes it. */
    private static String name(Component component) {
        return switch (component.ecosystem()) {
            case DEB, APK, RPM, PYPI, GENERIC -> component.name();
            case MAVEN -> component.namespace() + ":" + component.name();
            case NPM, GOLANG ->
                component.namespace().isEmpty() ? component.name() : component.namespace() + "/" + component.name();
        };
    }

    private static Optional<String> purl(Component component) {
        try {
            return Optional.of(new PackageURL(
                            component.ecosystem().type(),
                            orNull(component.namespace()),
                            component.name(),
                            orNull(component.version()),
                            new TreeMap<>(component.qualifiers()),
                            null)
                    .canonicalize());
        } catch (MalformedPackageURLException e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("NullAway") // the library takes what is not there as null
    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
