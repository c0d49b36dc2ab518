package dev.slipway.cli.build;

import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code slipway build} was asked for, checked as far as it can be without the gateway.
 *
 * @param directory of the context
 * @param mode {@code release} or {@code snapshot}, where it was said
 * @param timeout of the whole request
 */
public record BuildOptions(
        Path directory,
        Path dockerfile,
        List<Reference.Tagged> tags,
        List<Platform> platforms,
        Map<String, String> buildArgs,
        Map<String, String> labels,
        Map<String, String> annotations,
        Optional<String> target,
        Optional<String> mode,
        boolean noCache,
        boolean pull,
        Placement placement,
        Resources resources,
        Attestations attestations,
        Warmup warmup,
        Optional<Duration> timeout,
        WaitFor waitFor) {

    /** A build of {@code directory} by the Dockerfile in it, until it is published, with nothing else asked for. */
    public static BuildOptions of(
            Path directory, List<Reference.Tagged> tags, List<Platform> platforms, Duration timeout) {
        return new BuildOptions(
                directory,
                directory.resolve("Dockerfile"),
                tags,
                platforms,
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Placement.ANYWHERE,
                new Resources(List.of(), List.of(), List.of(), List.of()),
                Attestations.NONE,
                Warmup.AS_CONFIGURED,
                Optional.of(timeout),
                WaitFor.PUBLISHED);
    }

    /** When the command ends. */
    public enum WaitFor {
        /** The index lies in staging. */
        ASSEMBLED,
        /** Every tag is moved. */
        PUBLISHED,
        /** The request is accepted. */
        NONE
    }

    /**
     * Which workers build it, and when.
     *
     * @param labels that they must have
     * @param priority among what the tenant waits for
     */
    public record Placement(Optional<String> pool, Map<String, String> labels, int priority) {
        public static final Placement ANYWHERE = new Placement(Optional.empty(), Map.of(), 0);

        public Placement {
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        }
    }

    /**
     * What the build may use beside its context.
     *
     * @param secrets names of files on the worker; no value leaves this process
     * @param ssh names of keys or agents there
     */
    public record Resources(List<String> cacheFrom, List<String> cacheTo, List<String> secrets, List<String> ssh) {
        public Resources {
            cacheFrom = List.copyOf(cacheFrom);
            cacheTo = List.copyOf(cacheTo);
            secrets = List.copyOf(secrets);
            ssh = List.copyOf(ssh);
        }
    }

    /** What is stated of the image, and whether it is signed. */
    public record Attestations(boolean sbom, boolean provenance, boolean sign) {
        public static final Attestations NONE = new Attestations(false, false, false);
    }

    /**
     * What is wanted of the warm-up; nothing of it said, every cluster there is, as it is configured.
     *
     * @param nodeSelector labels
     */
    public record Warmup(List<String> clusters, Map<String, String> nodeSelector, Optional<Duration> deadline) {
        public static final Warmup AS_CONFIGURED = new Warmup(List.of(), Map.of(), Optional.empty());

        public Warmup {
            clusters = List.copyOf(clusters);
            nodeSelector = Collections.unmodifiableMap(new LinkedHashMap<>(nodeSelector));
        }
    }

    public BuildOptions {
        tags = List.copyOf(tags);
        platforms = List.copyOf(platforms);
        buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }
}
