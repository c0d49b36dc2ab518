package dev.slipway.sbom.image;

import dev.slipway.oci.Digest;
import dev.slipway.sbom.catalogue.Component;
import dev.slipway.sbom.catalogue.Distribution;
import dev.slipway.sbom.catalogue.Ecosystem;
import dev.slipway.sbom.catalogue.Evidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The layers of an image on top of each other. */
final class ImageFiles {
    /** Where package URLs have another name for a distribution than it has itself. */
    private static final Map<String, String> NAMESPACES = Map.of("rhel", "redhat", "ol", "oracle");

    private final TreeMap<String, LayerCatalogue.Placed> files = new TreeMap<>();

    /** The next one above those that were added. */
    void add(LayerCatalogue layer) {
        layer.applyTo(files);
    }

    /** A layer that nobody reads. */
    void pass(Digest layer, String reason) {
        files.put(layer.value(), new LayerCatalogue.Placed(layer, new Evidence.Unread(reason)));
    }

    ImageCatalogue catalogue() {
        Optional<Distribution> distribution = distribution();
        Map<String, List<String>> licenses = licenses();
        List<Found> found = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        files.forEach((path, placed) -> {
            switch (placed.evidence()) {
                case Evidence.Packages packages -> {
                    packages.components().stream()
                            .map(component -> complete(component, distribution, licenses))
                            .forEach(component -> found.add(new Found(component, path, placed.layer())));
                    packages.unread().forEach(reason -> gaps.add(new Gap(path, placed.layer(), reason)));
                }
                case Evidence.Unread unread ->
                    gaps.add(new Gap(path.equals(placed.layer().value()) ? "" : path, placed.layer(), unread.reason()));
                case Evidence.Licenses ignored -> {}
                case Evidence.Origin ignored -> {}
                case Evidence.Nothing ignored -> {}
            }
        });
        return new ImageCatalogue(distribution, found, gaps);
    }

    private Optional<Distribution> distribution() {
        List<Distribution> all = new ArrayList<>();
        files.values().forEach(placed -> {
            if (placed.evidence() instanceof Evidence.Origin origin) {
                all.add(origin.distribution());
            }
        });
        return all.stream().findFirst();
    }

    private Map<String, List<String>> licenses() {
        Map<String, List<String>> licenses = new HashMap<>();
        files.values().forEach(placed -> {
            if (placed.evidence() instanceof Evidence.Licenses found) {
                licenses.put(found.packageName(), found.licenses());
            }
        });
        return licenses;
    }

    private static Component complete(
            Component component, Optional<Distribution> distribution, Map<String, List<String>> licenses) {
        if (!component.ecosystem().ofSystem()) {
            return component;
        }
        String id = distribution.map(Distribution::id).orElse(standard(component.ecosystem()));
        Component placed = component
                .withNamespace(NAMESPACES.getOrDefault(id, id))
                .withQualifier("distro", distribution.map(Distribution::distro).orElse(""));
        return component.licenses().isEmpty()
                ? placed.withLicenses(licenses.getOrDefault(component.name(), List.of()))
                : placed;
    }

    /** Whose packages they are where the image does not say. */
    private static String standard(Ecosystem ecosystem) {
        return switch (ecosystem) {
            case DEB -> "debian";
            case APK -> "alpine";
            case RPM, MAVEN, NPM, PYPI, GOLANG, GENERIC -> "";
        };
    }
}
