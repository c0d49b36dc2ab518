package dev.slipway.sbom.catalogue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A package in an image.
 *
 * @param namespace group, scope, module path; empty where there is none, and for packages of a distribution
 * @param version empty where nobody says it
 * @param qualifiers of its package URL
 * @param licenses as it declares them, in whatever words
 */
public record Component(
        Ecosystem ecosystem,
        String namespace,
        String name,
        String version,
        Map<String, String> qualifiers,
        List<String> licenses) {

    public Component {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a package of type %s has no name".formatted(ecosystem.type()));
        }
        qualifiers = Map.copyOf(qualifiers);
        licenses = licenses.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }

    public static Component of(Ecosystem ecosystem, String namespace, String name, String version) {
        return new Component(ecosystem, namespace, name, version, Map.of(), List.of());
    }

    public Component withLicenses(List<String> newLicenses) {
        return new Component(ecosystem, namespace, name, version, qualifiers, newLicenses);
    }

    public Component withNamespace(String newNamespace) {
        return new Component(ecosystem, newNamespace, name, version, qualifiers, licenses);
    }

    /** Qualifiers without a value are left out, as package URLs want it. */
    public Component withQualifier(String key, String value) {
        if (value.isEmpty()) {
            return this;
        }
        Map<String, String> more = new TreeMap<>(qualifiers);
        more.put(key, value);
        return new Component(ecosystem, namespace, name, version, more, licenses);
    }

    /** How much memory it takes, roughly, in bytes. */
    public long weight() {
        long texts = 0L + namespace.length() + name.length() + version.length();
        texts += qualifiers.values().stream().mapToLong(String::length).sum();
        texts += licenses.stream().mapToLong(String::length).sum();
        return 250 + texts;
    }
}
