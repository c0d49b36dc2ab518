package dev.slipway.policy.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.MalformedDocumentException;
import dev.slipway.oci.json.JsonTrees;
import java.io.IOException;
import java.util.List;

/**
 * Reads SBOM and provenance from the artifacts that go with an image: SPDX 2.3 documents, and in-toto statements with the
 * predicate types of SPDX and of SLSA's provenance, version 1.
 */
final class Evidence {
    private static final String SPDX = "application/spdx+json";
    private static final String IN_TOTO = "application/vnd.in-toto+json";
    private static final String SPDX_PREDICATE = "https://spdx.dev/Document";
    private static final String PROVENANCE_PREDICATE = "https://slsa.dev/provenance/v1";
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final ContentStore store;

    Evidence(ContentStore store) {
        this.store = store;
    }

    /** Puts {@code sbom} and {@code provenance} beside the other fields of an image where there are such. The first counts. */
    void add(List<Descriptor> artifacts, ObjectNode image) {
        for (Descriptor artifact : artifacts) {
            for (Descriptor layer : manifest(artifact).layers()) {
                switch (layer.mediaType()) {
                    case SPDX -> sbom(read(layer), image);
                    case IN_TOTO -> statement(read(layer), image);
                    default -> {}
                }
            }
        }
    }

    private static void statement(JsonNode statement, ObjectNode image) {
        switch (statement.path("predicateType").asText()) {
            case SPDX_PREDICATE -> sbom(statement.path("predicate"), image);
            case PROVENANCE_PREDICATE -> {
                if (!image.has("provenance")) {
                    image.set("provenance", statement.path("predicate"));
                }
            }
            default -> {}
        }
    }

    private static void sbom(JsonNode document, ObjectNode image) {
        if (!image.has("sbom")) {
            image.putObject("sbom").set("packages", SpdxPackages.of(document));
        }
    }

    private ImageManifest manifest(Descriptor artifact) {
        try {
            return store.manifest(artifact.digest().value())
                    .map(ImageManifest::of)
                    .orElseThrow(() -> new InvalidEvidenceException(
                            "the artifact %s is not in %s".formatted(artifact.digest(), store.location())));
        } catch (MalformedDocumentException e) {
            throw new InvalidEvidenceException(
                    "the artifact %s is malformed: %s".formatted(artifact.digest(), e.getMessage()), e);
        }
    }

    private JsonNode read(Descriptor layer) {
        if (layer.size() > MAX_BYTES) {
            throw new InvalidEvidenceException("the %s %s has %d bytes, and at most %d are read"
                    .formatted(layer.mediaType(), layer.digest(), layer.size(), MAX_BYTES));
        }
        try {
            return JsonTrees.read(store.blob(layer));
        } catch (IOException e) {
            throw new InvalidEvidenceException(
                    "the %s %s is not JSON: %s".formatted(layer.mediaType(), layer.digest(), e.getMessage()), e);
        }
    }
}
