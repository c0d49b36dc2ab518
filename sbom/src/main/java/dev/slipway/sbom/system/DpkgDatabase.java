package dev.slipway.sbom.system;

import dev.slipway.sbom.catalogue.Cataloguer;
import dev.slipway.sbom.catalogue.Component;
import dev.slipway.sbom.catalogue.ComponentList;
import dev.slipway.sbom.catalogue.Ecosystem;
import dev.slipway.sbom.catalogue.Evidence;
import dev.slipway.sbom.catalogue.Fields;
import dev.slipway.sbom.catalogue.LayerFile;
import dev.slipway.sbom.catalogue.TextLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Debian's packages: one file over all of them, or, in images without a package manager, a file for each. */
public final class DpkgDatabase implements Cataloguer {
    private static final String STATUS = "var/lib/dpkg/status";
    private static final String EACH = "var/lib/dpkg/status.d/";

    @Override
    public boolean wants(String path) {
        return path.equals(STATUS) || (path.startsWith(EACH) && !path.endsWith(".md5sums"));
    }

    @Override
    public Evidence read(LayerFile file) throws IOException {
        boolean each = file.path().startsWith(EACH);
        TextLines lines = new TextLines(file.content());
        ComponentList components = new ComponentList();
        List<String> unread = new ArrayList<>();
        for (Optional<Fields> one = Fields.next(lines); one.isPresent(); one = Fields.next(lines)) {
            Fields fields = one.get();
            String name = fields.get("Package");
            if (name.isEmpty()) {
                unread.add("%s has an entry without a package's name".formatted(file.path()));
            } else if (each || fields.get("Status").endsWith(" installed")) {
                components.add(Optional.of(component(fields, name)));
            }
        }
        return new Evidence.Packages(
                components.all(), unread.stream().distinct().toList());
    }

    private static Component component(Fields fields, String name) {
        return Component.of(Ecosystem.DEB, "", name, fields.get("Version"))
                .withQualifier("arch", fields.get("Architecture"))
                .withQualifier("upstream", source(fields.get("Source"), name));
    }

    /** {@code Source: gcc-12 (12.2.0-14)}: the version where it is another one. */
    private static String source(String source, String name) {
        String upstream = source.replaceFirst(" \\((.*)\\)$", "@$1");
        return upstream.equals(name) ? "" : upstream;
    }
}
