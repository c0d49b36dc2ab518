package dev.slipway.events;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every type of the contract: its CloudEvents {@code type}, the record of its payload, and its topic. */
public enum EventType {
    BUILD_REQUESTED("build.requested", RequestEvent.BuildRequested.class, Topic.BUILD_REQUESTED),
    BUILD_CANCEL_REQUESTED("build.cancel-requested", RequestEvent.BuildCancelRequested.class, Topic.BUILD_REQUESTED),
    ROLLBACK_REQUESTED("rollback.requested", RequestEvent.RollbackRequested.class, Topic.BUILD_REQUESTED),
    COPY_REQUESTED("copy.requested", RequestEvent.CopyRequested.class, Topic.BUILD_REQUESTED),
    INDEX_CHANGE_REQUESTED("index.change-requested", RequestEvent.IndexChangeRequested.class, Topic.BUILD_REQUESTED),
    WARMUP_REQUESTED("warmup.requested", RequestEvent.WarmupRequested.class, Topic.BUILD_REQUESTED),
    PLATFORM_BUILD_QUEUED("platform-build.queued", QueueEvent.PlatformBuildQueued.class, Topic.PLATFORM_BUILD_QUEUED),
    PLATFORM_BUILD_CANCELLED(
            "platform-build.cancelled", QueueEvent.PlatformBuildCancelled.class, Topic.PLATFORM_BUILD_QUEUED),
    WORKER_STATUS("worker.status", WorkerEvent.WorkerStatus.class, Topic.WORKER_STATUS),
    PLATFORM_BUILD_ASSIGNED(
            "platform-build.assigned", AssignmentEvent.PlatformBuildAssigned.class, Topic.PLATFORM_BUILD_ASSIGNED),
    PLATFORM_BUILD_REVOKED(
            "platform-build.revoked", AssignmentEvent.PlatformBuildRevoked.class, Topic.PLATFORM_BUILD_ASSIGNED),
    BUILD_PLANNED("build.planned", ProgressEvent.BuildPlanned.class, Topic.BUILD_PROGRESS),
    BUILD_REJECTED("build.rejected", ProgressEvent.BuildRejected.class, Topic.BUILD_PROGRESS),
    PLATFORM_BUILD_WAITING("platform-build.waiting", ProgressEvent.PlatformBuildWaiting.class, Topic.BUILD_PROGRESS),
    PLATFORM_BUILD_STARTED("platform-build.started", ProgressEvent.PlatformBuildStarted.class, Topic.BUILD_PROGRESS),
    PLATFORM_BUILT("platform-build.built", ProgressEvent.PlatformBuilt.class, Topic.BUILD_PROGRESS),
    PLATFORM_BUILD_FAILED("platform-build.failed", ProgressEvent.PlatformBuildFailed.class, Topic.BUILD_PROGRESS),
    BUILD_CANCEL_RECEIVED("build.cancel-received", ProgressEvent.BuildCancelReceived.class, Topic.BUILD_PROGRESS),
    BUILD_CANCELLED("build.cancelled", ProgressEvent.BuildCancelled.class, Topic.BUILD_PROGRESS),
    BUILD_DEADLINE_PASSED("build.deadline-passed", ProgressEvent.BuildDeadlinePassed.class, Topic.BUILD_PROGRESS),
    IMAGE_ASSEMBLY_READY(
            "image.assembly-ready", AssemblyReadyEvent.ImageAssemblyReady.class, Topic.IMAGE_ASSEMBLY_READY),
    IMAGE_ASSEMBLED("image.assembled", AssemblyEvent.ImageAssembled.class, Topic.IMAGE_ASSEMBLED),
    IMAGE_ASSEMBLY_FAILED("image.assembly-failed", AssemblyEvent.ImageAssemblyFailed.class, Topic.IMAGE_ASSEMBLED),
    POLICY_DECIDED("policy.decided", AssemblyEvent.PolicyDecided.class, Topic.IMAGE_ASSEMBLED),
    TAG_MOVE_REQUESTED("tag-move.requested", TagMoveEvent.TagMoveRequested.class, Topic.TAG_MOVE_REQUESTED),
    IMAGE_PUBLISH_PREPARED("image.publish-prepared", JournalEvent.ImagePublishPrepared.class, Topic.PUBLISH_JOURNAL),
    IMAGE_PUBLISHED("image.published", PublishEvent.ImagePublished.class, Topic.IMAGE_PUBLISHED),
    IMAGE_PUBLISH_FAILED("image.publish-failed", PublishEvent.ImagePublishFailed.class, Topic.IMAGE_PUBLISHED),
    IMAGE_SUPERSEDED("image.superseded", PublishEvent.ImageSuperseded.class, Topic.IMAGE_PUBLISHED),
    IMAGE_ROLLED_BACK("image.rolled-back", PublishEvent.ImageRolledBack.class, Topic.IMAGE_PUBLISHED),
    ACCESS_DECIDED("access.decided", AccessEvent.AccessDecided.class, Topic.ACCESS_DECIDED),
    TAG_MOVED("tag.moved", TagStateEvent.TagMoved.class, Topic.TAG_STATE),
    WARMUP_STARTED("warmup.started", WarmupEvent.WarmupStarted.class, Topic.IMAGE_WARMED),
    WARMUP_PROGRESSED("warmup.progressed", WarmupEvent.WarmupProgressed.class, Topic.IMAGE_WARMED),
    IMAGE_WARMED("image.warmed", WarmupEvent.ImageWarmed.class, Topic.IMAGE_WARMED),
    WARMUP_FAILED("warmup.failed", WarmupEvent.WarmupFailed.class, Topic.IMAGE_WARMED),
    IMAGE_EVICTED("image.evicted", WarmupEvent.ImageEvicted.class, Topic.IMAGE_WARMED),
    PULL_POLICY_DECIDED("pull-policy.decided", WarmupEvent.PullPolicyDecided.class, Topic.IMAGE_WARMED),
    WARM_SET_CHANGED("warm-set.changed", WarmSetEvent.WarmSetChanged.class, Topic.WARM_SET),
    BUILD_LOGGED("build.logged", LogEvent.BuildLogged.class, Topic.BUILD_LOGS);

    private static final Map<String, EventType> BY_TYPE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::ceType, Function.identity()));
    private static final Map<Class<? extends Event>, EventType> BY_PAYLOAD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::payload, Function.identity()));

    private final String name;
    private final Class<? extends Event> payload;
    private final Topic topic;

    EventType(String name, Class<? extends Event> payload, Topic topic) {
        this.name = name;
        this.payload = payload;
        this.topic = topic;
    }

    /** The CloudEvents {@code type}, for example {@code dev.slipway.image.published.v1}. */
    public String ceType() {
        return "dev.slipway." + name + ".v1";
    }

    /** The CloudEvents {@code dataschema}, the {@code $id} of the JSON Schema. */
    public String dataSchema() {
        return "https://slipway.dev/schemas/" + name + ".v1.json";
    }

    /** Where the JSON Schema lies on the class path. */
    public String schemaResource() {
        return "/dev/slipway/events/schemas/" + name + ".v1.json";
    }

    public Class<? extends Event> payload() {
        return payload;
    }

    public Topic topic() {
        return topic;
    }

    public static Optional<EventType> ofType(String ceType) {
        return Optional.ofNullable(BY_TYPE.get(ceType));
    }

    public static EventType of(Event event) {
        EventType type = BY_PAYLOAD.get(event.getClass());
        if (type == null) {
            throw new IllegalArgumentException(
                    "not an event of the contract: " + event.getClass().getName());
        }
        return type;
    }
}
