package dev.slipway.local.registry.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The uploads that have begun. They are files, so that a client can go on after this process was killed. */
final class Uploads {
    /** How long an upload waits for its next bytes. */
    static final Duration PATIENCE = Duration.ofDays(1);

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Map<Path, Upload> open = new ConcurrentHashMap<>();
    private final Clock clock;

    Uploads(Clock clock) {
        this.clock = clock;
    }

    Upload begin(Path directory) throws IOException {
        forgetAbandoned();
        String id = UUID.randomUUID().toString();
        Files.createDirectories(directory);
        Path file = Files.createFile(directory.resolve(id));
        return open.computeIfAbsent(file, f -> new Upload(id, f, 0, clock));
    }

    /** Empty where no such upload is open; also for text that was never an id. */
    Optional<Upload> find(Path directory, String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        Path file = directory.resolve(id);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(open.computeIfAbsent(file, f -> Upload.resumed(id, f, clock)));
    }

    void forget(Upload upload) throws IOException {
        open.remove(upload.file());
        Files.deleteIfExists(upload.file());
    }

    private void forgetAbandoned() throws IOException {
        Instant before = clock.instant().minus(PATIENCE);
        for (Upload upload : open.values()) {
            if (upload.lastUse().isBefore(before)) {
                forget(upload);
            }
        }
    }
}
