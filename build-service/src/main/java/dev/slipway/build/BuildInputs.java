package dev.slipway.build;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Reference;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all platforms of a build are made from, fixed by the planner.
 *
 * @param context the context artifact's manifest in staging
 * @param dockerfile path of the Dockerfile inside the context
 * @param target stage to build; null for the last
 * @param buildArgs as requested; {@code SOURCE_DATE_EPOCH} among them sets {@code created} and the files' times
 * @param bases image names as the Dockerfile has them after expansion, each with the digest it was resolved to
 * @param labels requested ones, over those of the Dockerfile; the builder adds the standard labels of formats.md
 * @param annotations requested ones, for the image manifest
 * @param created time of the request
 * @param reproducible keeps time and trace id out of config and manifest
 * @param noCache builds layers anew, even where equal ones are known
 * @param resources what it may use beside the context
 * @param origin where the source came from, and the trace
 */
public record BuildInputs(
        Descriptor context,
        String dockerfile,
        @Nullable String target,
        Map<String, String> buildArgs,
        Map<String, Reference.Digested> bases,
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant created,
        boolean reproducible,
        boolean noCache,
        Resources resources,
        Origin origin) {

    public BuildInputs {
        buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
        bases = Collections.unmodifiableMap(new LinkedHashMap<>(bases));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    /**
     * What a build may use beside its context, as requested.
     *
     * @param cacheFrom where results of earlier builds may be, in the words of {@code docker buildx build}
     * @param cacheTo where this build's are to go
     * @param secrets names of files on the worker
     * @param ssh names of keys or agents on the worker
     */
    public record Resources(List<String> cacheFrom, List<String> cacheTo, List<String> secrets, List<String> ssh) {
        public static final Resources NONE = new Resources(List.of(), List.of(), List.of(), List.of());

        public Resources {
            cacheFrom = List.copyOf(cacheFrom);
            cacheTo = List.copyOf(cacheTo);
            secrets = List.copyOf(secrets);
            ssh = List.copyOf(ssh);
        }
    }

    /**
     * Where it all came from.
     *
     * @param revision git commit of the source, where known
     * @param source URL of the source, where known
     * @param traceId 32 hex digits
     */
    public record Origin(
            @Nullable String revision, @Nullable String source, String traceId) {}
}
