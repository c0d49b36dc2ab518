package dev.slipway.build.kafka.worker;

import dev.slipway.build.queue.BuildKey;
import dev.slipway.build.work.BuildLogStore;
import dev.slipway.events.AssignmentEvent.PlatformBuildAssigned;
import java.nio.file.Path;

/**
 * Where the logs of builds go.
 *
 * @param directory for temporary files
 * @param maxCharacters that are kept of one log
 */
public record KeptLogs(BuildLogStore store, Path directory, long maxCharacters) {
    public static final long MAX_CHARACTERS = 64L * 1024 * 1024;

    KeptLog begin(PlatformBuildAssigned assigned) {
        BuildKey key = new BuildKey(assigned.buildId(), assigned.platform());
        return new KeptLog(store, directory, maxCharacters, key, assigned.attempt());
    }
}
