package dev.slipway.sbom.java;

import dev.slipway.sbom.catalogue.Component;
import dev.slipway.sbom.catalogue.Ecosystem;
import dev.slipway.sbom.catalogue.Fields;
import dev.slipway.sbom.catalogue.TextLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What one archive says of itself and of what was packed into it. */
final class Descriptions {
    private static final int MOST_BYTES = 1024 * 1024;
    private static final int MOST = 5_000;
    private static final Pattern VERSIONED = Pattern.compile("(.+?)-(\\d[^/]*)");

    private final String fileName;
    private final Map<String, Properties> properties = new LinkedHashMap<>();
    private final Map<String, Pom> poms = new LinkedHashMap<>();
    private Optional<Fields> manifest = Optional.empty();

    Descriptions(String fileName) {
        this.fileName = fileName.replaceFirst("\\.[^.]*$", "");
    }

    void read(String entry, InputStream content) throws IOException {
        String directory = entry.substring(0, entry.lastIndexOf('/'));
        byte[] bytes = content.readNBytes(MOST_BYTES);
        if (entry.endsWith("MANIFEST.MF")) {
            manifest = Fields.next(new TextLines(new ByteArrayInputStream(bytes)));
        } else if (properties.size() + poms.size() < MOST) {
            if (entry.endsWith(".xml")) {
                Pom.parse(bytes).ifPresent(pom -> poms.put(directory, pom));
            } else {
                Properties read = new Properties();
                read.load(new ByteArrayInputStream(bytes));
                properties.put(directory, read);
            }
        }
    }

    /** Packages of Maven where they are described; else the archive itself, by its manifest and its name. */
    List<Component> components() {
        List<Component> components = new ArrayList<>();
        properties.forEach((directory, values) -> {
            Optional<Pom> pom = Optional.ofNullable(poms.remove(directory));
            maven(
                            values.getProperty("groupId", ""),
                            values.getProperty("artifactId", ""),
                            values.getProperty("version", ""),
                            pom)
                    .ifPresent(components::add);
        });
        poms.values()
                .forEach(pom -> maven(pom.groupId(), pom.artifactId(), pom.version(), Optional.of(pom))
                        .ifPresent(components::add));
        if (components.stream().noneMatch(this::isItself)) {
            itself().ifPresent(components::add);
        }
        return components;
    }

    private Optional<Component> maven(String group, String artifact, String version, Optional<Pom> pom) {
        if (group.isBlank() || artifact.isBlank() || (group + artifact + version).contains("${")) {
            return Optional.empty();
        }
        Component component = Component.of(Ecosystem.MAVEN, group.strip(), artifact.strip(), version.strip());
        List<String> licenses = pom.map(Pom::licenses).orElse(List.of());
        return Optional.of(component.withLicenses(
                licenses.isEmpty() && isItself(component) ? List.of(said("Bundle-License")) : licenses));
    }

    private boolean isItself(Component component) {
        return fileName.equals(component.name()) || fileName.startsWith(component.name() + "-");
    }

    /** An archive that nobody describes; one with neither version nor manifest could be anything, and is named all the same. */
    private Optional<Component> itself() {
        Matcher name = VERSIONED.matcher(fileName);
        boolean versioned = name.matches();
        String artifact = versioned ? name.group(1) : fileName;
        String version = Stream.of("Implementation-Version", "Bundle-Version", "Specification-Version")
                .map(this::said)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        if (artifact.isBlank() || artifact.startsWith("$")) {
            return Optional.empty();
        }
        String group = said("Implementation-Vendor-Id");
        Ecosystem ecosystem = group.isEmpty() ? Ecosystem.GENERIC : Ecosystem.MAVEN;
        return Optional.of(Component.of(ecosystem, group, artifact, versioned ? name.group(2) : version)
                .withLicenses(List.of(said("Bundle-License"))));
    }

    /** Of a value with parameters, what stands before them. */
    private String said(String name) {
        String value = manifest.map(fields -> fields.get(name)).orElse("");
        return value.split(";", 2)[0].strip();
    }
}
