package dev.slipway.sbom.language;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.oci.json.JsonTrees;
import dev.slipway.sbom.catalogue.Cataloguer;
import dev.slipway.sbom.catalogue.Component;
import dev.slipway.sbom.catalogue.Ecosystem;
import dev.slipway.sbom.catalogue.Evidence;
import dev.slipway.sbom.catalogue.LayerFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Packages of npm as they are installed, and applications of it. */
public final class NpmPackage implements Cataloguer {
    private static final String FILE = "package.json";
    private static final Pattern INSTALLED =
            Pattern.compile("(?:.*/)?node_modules/(?:@[^/]+/)?[^/@.][^/]*/package\\.json");
    private static final int MOST_BYTES = 1024 * 1024;

    /** Of the files inside an installed package, only its own: others are of its tests. */
    @Override
    public boolean wants(String path) {
        return INSTALLED.matcher(path).matches()
                || ((path.equals(FILE) || path.endsWith("/" + FILE)) && !path.contains("node_modules/"));
    }

    @Override
    public Evidence read(LayerFile file) throws IOException {
        if (file.size() > MOST_BYTES) {
            return new Evidence.Unread("a package.json of %d bytes is not read".formatted(file.size()));
        }
        JsonNode tree = JsonTrees.read(file.content().readNBytes(MOST_BYTES));
        String name = tree.path("name").asText("");
        String version = tree.path("version").asText("");
        if (name.isBlank() || version.isBlank()) {
            return new Evidence.Nothing();
        }
        int slash = name.startsWith("@") ? name.indexOf('/') : -1;
        Component component = Component.of(
                Ecosystem.NPM, slash < 0 ? "" : name.substring(0, slash), name.substring(slash + 1), version);
        return Evidence.Packages.of(List.of(component.withLicenses(licenses(tree))));
    }

    /** A text, or in old packages an object, or a list of objects. */
    private static List<String> licenses(JsonNode tree) {
        List<String> licenses = new ArrayList<>();
        add(tree.path("license"), licenses);
        tree.path("licenses").forEach(license -> add(license, licenses));
        return licenses;
    }

    private static void add(JsonNode license, List<String> licenses) {
        licenses.add(license.isObject() ? license.path("type").asText("") : license.asText(""));
    }
}
