package dev.slipway.events;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.events.model.BuildMode;
import dev.slipway.events.model.PublishPolicy;
import dev.slipway.events.model.Source;
import dev.slipway.events.model.WarmupSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Topic {@code slipway.build.requested.<tenant>}: what people and pipelines ask for. */
public sealed interface RequestEvent extends Event {

    /** The build that the request is of: a new one by the attributes it came with, or one that it names. */
    default String buildIdOf(String source, String id) {
        return EventIds.buildId(source, id);
    }

    /**
     * Type {@code dev.slipway.build.requested.v1}. The vocabulary is that of {@code docker buildx build}. The build id is
     * derived from the event's {@code ce_source} and {@code ce_id}.
     *
     * @param file path of the Dockerfile inside the source, {@code Dockerfile} unless told
     * @param platforms what must be built; a list, comma-separated text, or a CI variable's JSON array as text
     * @param tags full references, several registries allowed
     * @param workerLabels that a worker of the pool must have to build it
     * @param priority among what its tenant waits for; the higher goes first
     * @param timeout of a platform's build once it has started
     * @param deadline of the whole request, from its {@code ce_time}
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record BuildRequested(
            Source source,
            String file,
            @Nullable String target,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> platforms,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> optionalPlatforms,

            Map<String, String> buildArgs,
            List<String> secrets,
            List<String> ssh,
            Map<String, String> labels,
            Map<String, String> annotations,
            List<String> tags,
            List<String> cacheFrom,
            List<String> cacheTo,
            boolean noCache,
            boolean pull,
            boolean sbom,
            boolean provenance,
            boolean sign,
            boolean reproducible,
            String pool,
            Map<String, String> workerLabels,
            int priority,
            BuildMode mode,
            PublishPolicy publishPolicy,
            @Nullable WarmupSpec warmup,
            Duration timeout,
            Duration deadline,
            @Nullable String requester)
            implements RequestEvent {

        /** The single platforms of values in any of the three forms. */
        public static List<String> platformsIn(List<String> values) {
            return Lists.expand(values);
        }

        public static final String DEFAULT_FILE = "Dockerfile";
        public static final String DEFAULT_POOL = "default";
        public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);
        public static final Duration DEFAULT_DEADLINE = Duration.ofHours(4);

        @SuppressWarnings("NullAway") // absent JSON properties arrive as null, and get their defaults here
        public BuildRequested {
            Objects.requireNonNull(source, "source is missing: one of git, archive, artifact");
            file = file == null || file.isEmpty() ? DEFAULT_FILE : file;
            platforms = Lists.expand(platforms);
            optionalPlatforms = Lists.expand(optionalPlatforms);
            buildArgs = buildArgs == null ? Map.of() : Lists.ordered(buildArgs);
            secrets = Lists.orEmpty(secrets);
            ssh = Lists.orEmpty(ssh);
            labels = labels == null ? Map.of() : Lists.ordered(labels);
            annotations = annotations == null ? Map.of() : Lists.ordered(annotations);
            tags = Lists.orEmpty(tags);
            cacheFrom = Lists.orEmpty(cacheFrom);
            cacheTo = Lists.orEmpty(cacheTo);
            pool = pool == null || pool.isEmpty() ? DEFAULT_POOL : pool;
            workerLabels = workerLabels == null ? Map.of() : Lists.ordered(workerLabels);
            mode = mode == null ? BuildMode.RELEASE : mode;
            publishPolicy = publishPolicy == null ? PublishPolicy.ALL : publishPolicy;
            timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
            deadline = deadline == null ? DEFAULT_DEADLINE : deadline;
        }
    }

    /** Type {@code dev.slipway.build.cancel-requested.v1}. It belongs to the build that it names. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BuildCancelRequested(
            String buildId,
            @Nullable String reason,
            @Nullable String requester) implements RequestEvent {
        @Override
        public String buildIdOf(String source, String id) {
            return buildId;
        }
    }

    /**
     * Type {@code dev.slipway.rollback.requested.v1}.
     *
     * @param to a digest, or {@code previous}
     */
    record RollbackRequested(
            String reference, String to, @Nullable String requester) implements RequestEvent {}

    /**
     * Type {@code dev.slipway.copy.requested.v1}: publishes an image that exists.
     *
     * @param platforms empty for all
     */
    record CopyRequested(
            String source,
            List<String> targets,
            List<String> platforms,
            @Nullable String requester) implements RequestEvent {
        @SuppressWarnings("NullAway") // an absent JSON property arrives as null
        public CopyRequested {
            targets = Lists.orEmpty(targets);
            platforms = Lists.expand(platforms);
        }
    }

    /**
     * Type {@code dev.slipway.index.change-requested.v1}: extends or reduces an existing index, and publishes the new one.
     *
     * @param append images, or indexes for all their images
     * @param remove platforms or digests; they go before others come
     * @param tags full references, several registries allowed; by default {@code reference} where that is a tag
     * @param sign whether the new index and its images are signed
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record IndexChangeRequested(
            String reference,
            List<String> append,
            List<String> remove,
            List<String> tags,
            boolean sign,
            PublishPolicy publishPolicy,
            @Nullable String requester)
            implements RequestEvent {
        @SuppressWarnings("NullAway") // an absent JSON property arrives as null
        public IndexChangeRequested {
            append = Lists.orEmpty(append);
            remove = Lists.orEmpty(remove);
            tags = Lists.orEmpty(tags);
            publishPolicy = publishPolicy == null ? PublishPolicy.ALL : publishPolicy;
        }
    }

    /** Type {@code dev.slipway.warmup.requested.v1}. */
    record WarmupRequested(
            String reference, WarmupSpec warmup, @Nullable String requester) implements RequestEvent {}
}
