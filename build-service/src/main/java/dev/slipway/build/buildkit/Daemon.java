package dev.slipway.build.buildkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.Hosts;
import dev.slipway.oci.Platform;
import dev.slipway.oci.json.JsonTrees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a daemon says of itself.
 *
 * @param hosts the platform that it names first is its own, the others are those that it can run
 */
record Daemon(BuildKitVersion version, Hosts hosts) {

    /**
     * Reads what {@code buildctl debug workers} prints.
     *
     * @throws BuildException where it is something else
     */
    static Daemon parse(DaemonAddress address, String printed) {
        try {
            JsonNode worker = JsonTrees.read(printed).path(0);
            JsonNode version = worker.path("buildkitVersion");
            return new Daemon(
                    new BuildKitVersion(
                            version.path("version").asText(""),
                            version.path("dockerfileVersion").asText("")),
                    hosts(worker.path("platforms")));
        } catch (IOException e) {
            throw new BuildException(
                    Reason.BUILD_STEP_FAILED,
                    "BuildKit at %s does not say what it is: %s".formatted(address, e.getMessage()),
                    true,
                    e);
        }
    }

    private static Hosts hosts(JsonNode platforms) {
        @Nullable Platform own = null;
        List<Platform> emulated = new ArrayList<>();
        for (JsonNode node : platforms) {
            Platform platform;
            try {
                platform = Platform.parse(node.path("os").asText() + "/"
                        + node.path("architecture").asText()
                        + (node.hasNonNull("variant")
                                ? "/" + node.path("variant").asText()
                                : ""));
            } catch (IllegalArgumentException nobodyKnowsIt) {
                continue;
            }
            if (own == null) {
                own = platform;
            } else if (own.distanceTo(platform).isEmpty()
                    && !platform.architecture().equals(own.architecture())) {
                emulated.add(platform);
            }
        }
        return own == null ? Hosts.NONE : new Hosts(List.of(own), emulated);
    }
}
