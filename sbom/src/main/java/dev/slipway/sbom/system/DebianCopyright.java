package dev.slipway.sbom.system;

import dev.slipway.sbom.catalogue.Cataloguer;
import dev.slipway.sbom.catalogue.Evidence;
import dev.slipway.sbom.catalogue.LayerFile;
import dev.slipway.sbom.catalogue.TextLines;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The licenses of Debian's packages ({@code DEP-5}, "Machine-readable debian/copyright file"). Of files in prose, the texts that
 * they name under {@code /usr/share/common-licenses}.
 */
public final class DebianCopyright implements Cataloguer {
    private static final Pattern PATH = Pattern.compile("usr/share/doc/([^/]+)/copyright");
    private static final Pattern NAMED = Pattern.compile("/usr/share/common-licenses/([A-Za-z0-9.+-]*[A-Za-z0-9+])");
    private static final String LICENSE = "License:";
    private static final int MOST = 100;

    @Override
    public boolean wants(String path) {
        return PATH.matcher(path).matches();
    }

    @Override
    public Evidence read(LayerFile file) throws IOException {
        Set<String> fields = new LinkedHashSet<>();
        Set<String> named = new LinkedHashSet<>();
        TextLines lines = new TextLines(file.content());
        for (Optional<String> line = lines.next();
                line.isPresent() && fields.size() + named.size() < MOST;
                line = lines.next()) {
            String text = line.get();
            if (text.regionMatches(true, 0, LICENSE, 0, LICENSE.length())) {
                fields.add(text.substring(LICENSE.length()).strip());
            }
            Matcher common = NAMED.matcher(text);
            while (common.find()) {
                named.add(common.group(1));
            }
        }
        fields.remove("");
        return new Evidence.Licenses(packageName(file.path()), List.copyOf(fields.isEmpty() ? named : fields));
    }

    private static String packageName(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? matcher.group(1) : "";
    }
}
