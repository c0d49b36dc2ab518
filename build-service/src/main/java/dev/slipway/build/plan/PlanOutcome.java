package dev.slipway.build.plan;

import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of a request. */
public sealed interface PlanOutcome {

    /**
     * It can be built.
     *
     * @param platforms what must be there, in the order requested, each once
     * @param optionalPlatforms what may be missing
     * @param unavailable those of the optional platforms that cannot be built, with the reason
     * @param builder name of the driver
     * @param bases image names as the Dockerfile has them after expansion, and what they were resolved to
     * @param warnings of the Dockerfile
     */
    record Planned(
            List<Platform> platforms,
            List<Platform> optionalPlatforms,
            Map<Platform, Violation> unavailable,
            String builder,
            Map<String, Reference.Digested> bases,
            List<String> warnings)
            implements PlanOutcome {
        public Planned {
            platforms = List.copyOf(platforms);
            optionalPlatforms = List.copyOf(optionalPlatforms);
            unavailable = Collections.unmodifiableMap(new LinkedHashMap<>(unavailable));
            bases = Collections.unmodifiableMap(new LinkedHashMap<>(bases));
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * It cannot.
     *
     * @param violations all that were found, at least one
     */
    record Rejected(List<Violation> violations) implements PlanOutcome {
        public Rejected {
            violations = List.copyOf(violations);
        }
    }
}
