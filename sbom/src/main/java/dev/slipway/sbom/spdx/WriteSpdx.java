package dev.slipway.sbom.spdx;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.json.JsonText;
import dev.slipway.sbom.catalogue.Distribution;
import dev.slipway.sbom.image.Found;
import dev.slipway.sbom.image.Gap;
import dev.slipway.sbom.image.ImageCatalogue;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes SPDX 2.3 in JSON. The same catalogue of the same image gives the same bytes. */
public final class WriteSpdx {
    public static final String MEDIA_TYPE = "application/spdx+json";

    private static final String NAMESPACE = "https://slipway.dev/spdx/";
    private static final String DOCUMENT = "SPDXRef-DOCUMENT";
    private static final String IMAGE = "SPDXRef-Image";
    private static final String SYSTEM = "SPDXRef-OperatingSystem";
    private static final String NONE = "NOASSERTION";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private WriteSpdx() {}

    public static byte[] write(ImageCatalogue catalogue, SpdxSubject subject) {
        String created = subject.created().truncatedTo(ChronoUnit.SECONDS).toString();
        Map<SpdxPackage.Key, SpdxPackage> packages = packages(catalogue);
        ObjectNode document = NODES.objectNode()
                .put("spdxVersion", "SPDX-2.3")
                .put("dataLicense", "CC0-1.0")
                .put("SPDXID", DOCUMENT)
                .put("name", "image %s for %s".formatted(subject.image(), subject.platform()))
                .put("documentNamespace", NAMESPACE + subject.image().hex());
        if (!catalogue.gaps().isEmpty()) {
            document.put(
                    "comment",
                    "This document may lack packages: %d parts of the image could not be read. Its annotations name them."
                            .formatted(catalogue.gaps().size()));
        }
        document.putObject("creationInfo")
                .put("created", created)
                .set("creators", NODES.arrayNode().add("Tool: " + subject.tool()));
        ArrayNode written = document.putArray("packages");
        written.add(image(subject));
        catalogue.distribution().ifPresent(distribution -> written.add(system(distribution)));
        packages.forEach((key, one) -> written.add(component(key, one)));
        relationships(document.putArray("relationships"), catalogue, packages);
        references(document, packages);
        annotations(document, catalogue, subject, created);
        return JsonText.bytes(document);
    }

    private static Map<SpdxPackage.Key, SpdxPackage> packages(ImageCatalogue catalogue) {
        Map<SpdxPackage.Key, List<Found>> grouped = new TreeMap<>();
        catalogue
                .found()
                .forEach(found -> grouped.computeIfAbsent(SpdxPackage.key(found.component()), key -> new ArrayList<>())
                        .add(found));
        Map<SpdxPackage.Key, SpdxPackage> packages = new TreeMap<>();
        grouped.forEach((key, found) -> packages.put(key, SpdxPackage.of(key, found)));
        return packages;
    }

    private static ObjectNode image(SpdxSubject subject) {
        ObjectNode image = plain(IMAGE, "image", subject.image().value()).put("primaryPackagePurpose", "CONTAINER");
        image.putArray("checksums")
                .addObject()
                .put("algorithm", "SHA256")
                .put("checksumValue", subject.image().hex());
        return image;
    }

    private static ObjectNode system(Distribution distribution) {
        return plain(SYSTEM, distribution.id(), distribution.versionId())
                .put("summary", distribution.prettyName())
                .put("primaryPackagePurpose", "OPERATING-SYSTEM");
    }

    private static ObjectNode component(SpdxPackage.Key key, SpdxPackage one) {
        ObjectNode node = plain(key.id(), one.name(), one.version())
                .put("licenseDeclared", one.license().text())
                .put("sourceInfo", one.source());
        one.purl()
                .ifPresent(purl -> node.putArray("externalRefs")
                        .addObject()
                        .put("referenceCategory", "PACKAGE-MANAGER")
                        .put("referenceType", "purl")
                        .put("referenceLocator", purl));
        return node;
    }

    private static ObjectNode plain(String id, String name, String version) {
        ObjectNode node = NODES.objectNode().put("SPDXID", id).put("name", name);
        if (!version.isEmpty()) {
            node.put("versionInfo", version);
        }
        return node.put("downloadLocation", NONE)
                .put("filesAnalyzed", false)
                .put("licenseConcluded", NONE)
                .put("licenseDeclared", NONE)
                .put("copyrightText", NONE);
    }

    private static void relationships(
            ArrayNode into, ImageCatalogue catalogue, Map<SpdxPackage.Key, SpdxPackage> packages) {
        relate(into, DOCUMENT, "DESCRIBES", IMAGE);
        if (catalogue.distribution().isPresent()) {
            relate(into, IMAGE, "CONTAINS", SYSTEM);
        }
        packages.keySet().forEach(key -> relate(into, IMAGE, "CONTAINS", key.id()));
    }

    private static void relate(ArrayNode into, String from, String how, String to) {
        into.addObject().put("spdxElementId", from).put("relationshipType", how).put("relatedSpdxElement", to);
    }

    private static void references(ObjectNode document, Map<SpdxPackage.Key, SpdxPackage> packages) {
        Map<String, String> references = new TreeMap<>();
        packages.values().forEach(one -> references.putAll(one.license().references()));
        if (!references.isEmpty()) {
            ArrayNode infos = document.putArray("hasExtractedLicensingInfos");
            references.forEach(
                    (id, text) -> infos.addObject().put("licenseId", id).put("extractedText", text));
        }
    }

    private static void annotations(
            ObjectNode document, ImageCatalogue catalogue, SpdxSubject subject, String created) {
        if (!catalogue.gaps().isEmpty()) {
            ArrayNode annotations = document.putArray("annotations");
            for (Gap gap : catalogue.gaps()) {
                annotations
                        .addObject()
                        .put("annotationDate", created)
                        .put("annotationType", "OTHER")
                        .put("annotator", "Tool: " + subject.tool())
                        .put("comment", "not read: " + gap);
            }
        }
    }
}
