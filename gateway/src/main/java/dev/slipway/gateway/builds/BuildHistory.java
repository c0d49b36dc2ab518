package dev.slipway.gateway.builds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The latest builds, by the event that came last for each. What is over the limits is forgotten, the longest quiet first,
 * but one that somebody follows from before its first event. Safe for several threads.
 */
public final class BuildHistory {
    private static final Pattern BUILD_ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern PREFIX = Pattern.compile("[0-9a-f]{4,31}");

    private final int keepBuilds;
    private final long keepCharacters;
    private final LinkedHashMap<String, BuildLog> builds = new LinkedHashMap<>();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private long characters;

    /**
     * Makes an empty history.
     *
     * @param keepBuilds at most
     * @param keepCharacters of JSON at most, of all builds together; the latest build is kept however large it is
     */
    public BuildHistory(int keepBuilds, long keepCharacters) {
        this.keepBuilds = keepBuilds;
        this.keepCharacters = keepCharacters;
    }

    /** What a text from outside names. */
    public sealed interface Found {
        record One(String buildId) implements Found {}

        record Several(List<String> buildIds) implements Found {}

        record None() implements Found {}

        /** It is neither a build id nor the beginning of one. */
        record Malformed() implements Found {}
    }

    public synchronized void append(LoggedEvent event) {
        if (event.buildId().isEmpty()) {
            return;
        }
        BuildLog log = builds.computeIfAbsent(event.buildId(), BuildLog::new);
        builds.putLast(event.buildId(), log);
        characters += log.append(event);
        Iterator<BuildLog> oldest = builds.values().iterator();
        while (builds.size() > 1 && (builds.size() > keepBuilds || characters > keepCharacters) && oldest.hasNext()) {
            BuildLog candidate = oldest.next();
            if (candidate != log && candidate.state().isPresent()) {
                characters -= candidate.size();
                candidate.drop();
                oldest.remove();
            }
        }
    }

    /** Says that everything is here that was in the log when the reading began. */
    public void caughtUp() {
        caughtUp.countDown();
    }

    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /** Waits for {@link #caughtUp}. Returns whether it came in time. */
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        return caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The build that a text names: its id, or the beginning of it, 4 digits at least, that only it has. */
    public Found find(String text) {
        if (BUILD_ID.matcher(text).matches()) {
            return state(text).isPresent() ? new Found.One(text) : new Found.None();
        }
        if (!PREFIX.matcher(text).matches()) {
            return new Found.Malformed();
        }
        List<String> matching = new ArrayList<>();
        synchronized (this) {
            builds.forEach((id, log) -> {
                if (id.startsWith(text) && log.state().isPresent()) {
                    matching.add(id);
                }
            });
        }
        return switch (matching.size()) {
            case 0 -> new Found.None();
            case 1 -> new Found.One(matching.getFirst());
            default -> new Found.Several(List.copyOf(matching));
        };
    }

    public static boolean isBuildId(String text) {
        return BUILD_ID.matcher(text).matches();
    }

    public synchronized Optional<BuildState> state(String buildId) {
        return Optional.ofNullable(builds.get(buildId)).flatMap(BuildLog::state);
    }

    /** All builds, the one first that was changed last. */
    public List<BuildState> states() {
        List<BuildLog> logs;
        synchronized (this) {
            logs = List.copyOf(builds.values());
        }
        return logs.stream()
                .map(BuildLog::state)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(BuildState::updatedAt)
                        .thenComparing(BuildState::buildId)
                        .reversed())
                .toList();
    }

    /**
     * Follows a build from a position on; one that nobody knows is waited for.
     *
     * @param until after which the cursor ends; without it, it stays open
     */
    public synchronized EventCursor follow(String buildId, LogPosition from, Optional<Until> until) {
        return builds.computeIfAbsent(buildId, BuildLog::new).follow(from, until, () -> forgetIfIdle(buildId));
    }

    private synchronized void forgetIfIdle(String buildId) {
        BuildLog log = builds.get(buildId);
        if (log != null && log.isIdle()) {
            builds.remove(buildId);
        }
    }
}
