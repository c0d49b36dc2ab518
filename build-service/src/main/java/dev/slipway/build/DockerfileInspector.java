package dev.slipway.build;

import dev.slipway.oci.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a Dockerfile without building it. */
public interface DockerfileInspector {

    /**
     * What is asked.
     *
     * @param file name of the Dockerfile, for messages
     * @param platforms all that are to be built
     * @param target stage to build; null for the last
     */
    record Options(
            String file, List<Platform> platforms, @Nullable String target, Map<String, String> buildArgs) {
        public Options {
            platforms = List.copyOf(platforms);
            buildArgs = Map.copyOf(buildArgs);
        }
    }

    /**
     * What the stages that the target needs ask for.
     *
     * @param bases for each platform the image names to resolve, as the Dockerfile has them after expansion; {@code scratch}
     *     and names of stages are not among them
     * @param requirements each thing that not every builder can do, {@code RUN} foremost; empty where all can build it
     * @param syntax the frontend that the Dockerfile asks for, where it is another than Docker's own
     * @param warnings as Docker prints them, for example build arguments that nothing declares
     */
    record Findings(
            Map<Platform, Set<String>> bases,
            List<Requirement> requirements,
            Optional<String> syntax,
            List<String> warnings) {
        public Findings {
            bases = Map.copyOf(bases);
            requirements = List.copyOf(requirements);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Parses and checks.
     *
     * @throws BuildException {@link BuildException.Reason#DOCKERFILE_INVALID} with line, column and what was expected
     */
    Findings inspect(byte[] dockerfile, Options options);
}
