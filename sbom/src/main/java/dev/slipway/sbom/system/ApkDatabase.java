package dev.slipway.sbom.system;

import dev.slipway.sbom.catalogue.Cataloguer;
import dev.slipway.sbom.catalogue.Component;
import dev.slipway.sbom.catalogue.ComponentList;
import dev.slipway.sbom.catalogue.Ecosystem;
import dev.slipway.sbom.catalogue.Evidence;
import dev.slipway.sbom.catalogue.LayerFile;
import dev.slipway.sbom.catalogue.TextLines;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Alpine's packages: paragraphs of lines that begin with a letter, the same for directories and files of a package. */
public final class ApkDatabase implements Cataloguer {
    private static final Set<String> PATHS = Set.of("lib/apk/db/installed", "usr/lib/apk/db/installed");
    private static final String OF_PACKAGES = "PVALo";

    @Override
    public boolean wants(String path) {
        return PATHS.contains(path);
    }

    @Override
    public Evidence read(LayerFile file) throws IOException {
        ComponentList components = new ComponentList();
        Map<Character, String> fields = new HashMap<>();
        TextLines lines = new TextLines(file.content());
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            String text = line.get();
            if (text.isBlank()) {
                components.add(component(fields));
                fields.clear();
            } else if (text.startsWith(":", 1) && OF_PACKAGES.indexOf(text.charAt(0)) >= 0) {
                fields.put(text.charAt(0), text.substring(2).strip());
            }
        }
        components.add(component(fields));
        return Evidence.Packages.of(components.all());
    }

    private static Optional<Component> component(Map<Character, String> fields) {
        String name = fields.getOrDefault('P', "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String origin = fields.getOrDefault('o', "");
        return Optional.of(Component.of(Ecosystem.APK, "", name, fields.getOrDefault('V', ""))
                .withQualifier("arch", fields.getOrDefault('A', ""))
                .withQualifier("upstream", origin.equals(name) ? "" : origin)
                .withLicenses(List.of(fields.getOrDefault('L', ""))));
    }
}
