package dev.slipway.build.plan;

import dev.slipway.build.Requirement;
import dev.slipway.build.queue.WantedWorker;
import dev.slipway.oci.Descriptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the planner looks at in a request, as its sender wrote it.
 *
 * @param context manifest of the build context in staging; null where the request names a source of another kind, which is
 *     then among {@code unsupported}
 * @param worker which workers may build it
 * @param requirements options that not every builder has
 * @param unsupported what the request asks for and this version cannot do, by the names that requests use
 */
public record BuildRequest(
        String buildId,
        @Nullable Descriptor context,
        String file,
        @Nullable String target,
        List<String> platforms,
        List<String> optionalPlatforms,
        Map<String, String> buildArgs,
        List<String> tags,
        Duration timeout,
        Duration deadline,
        WantedWorker worker,
        List<Requirement> requirements,
        List<String> unsupported) {

    public BuildRequest {
        platforms = List.copyOf(platforms);
        optionalPlatforms = List.copyOf(optionalPlatforms);
        buildArgs = Map.copyOf(buildArgs);
        tags = List.copyOf(tags);
        requirements = List.copyOf(requirements);
        unsupported = List.copyOf(unsupported);
    }
}
