package dev.slipway.cli.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.cli.json.Json;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.oci.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Files for the steps that come after a build: the index's digest alone, and metadata under the keys that {@code docker
 * buildx build --metadata-file} writes, with Slipway's own beside them.
 */
public record ResultFiles(Optional<Path> metadata, Optional<Path> indexDigest) {

    /** Fails where a file could not be written later, so that nobody waits for a build in vain. */
    public void check() {
        metadata.ifPresent(file -> checkDirectory("--metadata-file", file));
        indexDigest.ifPresent(file -> checkDirectory("--iidfile", file));
    }

    void write(String buildId, String traceId, List<Reference.Tagged> tags, Optional<JsonNode> index) {
        metadata.ifPresent(file -> write(file, Json.pretty(document(buildId, traceId, tags, index)) + "\n"));
        indexDigest.ifPresent(file -> index.ifPresent(
                descriptor -> write(file, descriptor.path("digest").asText())));
    }

    static ObjectNode document(String buildId, String traceId, List<Reference.Tagged> tags, Optional<JsonNode> index) {
        ObjectNode document = Json.object();
        index.ifPresent(descriptor -> {
            document.set("containerimage.descriptor", descriptor);
            document.put("containerimage.digest", descriptor.path("digest").asText());
        });
        document.put("image.name", tags.stream().map(Reference.Tagged::toString).collect(Collectors.joining(",")));
        return document.put("slipway.build.id", buildId).put("slipway.trace.id", traceId);
    }

    private static void checkDirectory(String option, Path file) {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(file)) {
            throw CommandFailure.usage("%s: '%s' cannot be written: its directory is not there, or it is one itself"
                    .formatted(option, file));
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw CommandFailure.usage("cannot write '%s': %s".formatted(file, e));
        }
    }
}
