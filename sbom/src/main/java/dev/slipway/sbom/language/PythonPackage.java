package dev.slipway.sbom.language;

import dev.slipway.sbom.catalogue.Cataloguer;
import dev.slipway.sbom.catalogue.Component;
import dev.slipway.sbom.catalogue.Ecosystem;
import dev.slipway.sbom.catalogue.Evidence;
import dev.slipway.sbom.catalogue.Fields;
import dev.slipway.sbom.catalogue.LayerFile;
import dev.slipway.sbom.catalogue.TextLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Packages of Python as they are installed: wheels, eggs, and what setuptools and distributions write. */
public final class PythonPackage implements Cataloguer {
    private static final Pattern PATHS =
            Pattern.compile("(?:.*/)?(?:[^/]+\\.dist-info/METADATA|[^/]+\\.egg-info(?:/PKG-INFO)?|EGG-INFO/PKG-INFO)");
    private static final String CLASSIFIER = "License :: ";
    /** Some put the whole text of their license into the field. */
    private static final int LONGEST_NAME = 100;

    @Override
    public boolean wants(String path) {
        return PATHS.matcher(path).matches();
    }

    @Override
    public Evidence read(LayerFile file) throws IOException {
        Optional<Fields> fields = Fields.next(new TextLines(file.content()));
        String name = fields.map(found -> found.get("Name")).orElse("");
        if (name.isEmpty()) {
            return new Evidence.Unread("it has no name of a package of Python");
        }
        Component component = Component.of(
                Ecosystem.PYPI,
                "",
                name.toLowerCase(Locale.ROOT).replace('_', '-'),
                fields.map(found -> found.get("Version")).orElse(""));
        return Evidence.Packages.of(List.of(
                component.withLicenses(fields.map(PythonPackage::licenses).orElse(List.of()))));
    }

    private static List<String> licenses(Fields fields) {
        String expression = fields.get("License-Expression");
        if (!expression.isEmpty()) {
            return List.of(expression);
        }
        String license = fields.get("License");
        if (!license.isEmpty() && license.length() <= LONGEST_NAME && !license.equals("UNKNOWN")) {
            return List.of(license);
        }
        List<String> licenses = new ArrayList<>();
        for (String classifier : fields.all("Classifier")) {
            if (classifier.startsWith(CLASSIFIER)) {
                licenses.add(classifier.substring(classifier.lastIndexOf(":: ") + 3));
            }
        }
        return licenses;
    }
}
