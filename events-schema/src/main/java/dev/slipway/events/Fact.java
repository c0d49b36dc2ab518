package dev.slipway.events;

import java.util.List;

/**
 * Something a service has observed or done. Its CloudEvents id is derived from {@link #identity()}, so the same fact
 * emitted twice, by whichever process, is the same event.
 */
public sealed interface Fact extends Event
        permits AccessEvent,
                AssemblyEvent,
                AssemblyReadyEvent,
                AssignmentEvent,
                JournalEvent,
                LogEvent,
                ProgressEvent,
                PublishEvent,
                QueueEvent,
                TagMoveEvent,
                TagStateEvent,
                WarmSetEvent,
                WarmupEvent,
                WorkerEvent {

    /** CloudEvents {@code subject}: the build id, or the image reference where there is no build. */
    String subject();

    /** Record key and CloudEvents {@code partitionkey}. */
    default String partitionKey() {
        return subject();
    }

    /** What tells this fact from every other of its type: build, platform, attempt, cluster, wave. */
    List<String> identity();
}
