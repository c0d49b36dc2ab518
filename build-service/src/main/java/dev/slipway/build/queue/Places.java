package dev.slipway.build.queue;

import dev.slipway.build.queue.QueueEntry.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells those who wait where they stand: once they have waited a moment, then as it changes, the foremost more often. */
public final class Places {
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration OFTEN = Duration.ofSeconds(5);
    private static final Duration SELDOM = Duration.ofSeconds(30);
    private static final int FOREMOST = 20;

    private final Map<BuildKey, Said> said = new HashMap<>();

    private record Said(int position, Instant at) {}

    /**
     * Where a build stands.
     *
     * @param position among what waits for its pool; 1 is next
     * @param waiting how many wait for its pool
     */
    public record Place(BuildKey key, String pool, int position, int waiting, Instant since) {}

    Places() {}

    /**
     * What is to be said now.
     *
     * @param order of all that wait
     */
    List<Place> toSay(List<QueueEntry> order, Instant now) {
        Map<String, Integer> waiting = new HashMap<>();
        order.forEach(entry -> waiting.merge(pool(entry), 1, Integer::sum));
        Map<String, Integer> before = new HashMap<>();
        Map<BuildKey, Said> kept = new HashMap<>();
        List<Place> places = new ArrayList<>();
        for (QueueEntry entry : order) {
            int position = before.merge(pool(entry), 1, Integer::sum);
            if (entry.standing() instanceof Waiting(int ignored, long epoch, Instant since)) {
                Said last = said.get(entry.key());
                boolean news = last == null
                        ? !now.isBefore(since.plus(MOMENT))
                        : last.position() != position && !now.isBefore(last.at().plus(pause(position)));
                if (news) {
                    int all = waiting.getOrDefault(pool(entry), position);
                    places.add(new Place(entry.key(), pool(entry), position, all, since));
                    kept.put(entry.key(), new Said(position, now));
                } else if (last != null) {
                    kept.put(entry.key(), last);
                }
            }
        }
        said.clear();
        said.putAll(kept);
        return places;
    }

    private static String pool(QueueEntry entry) {
        return entry.build().worker().pool();
    }

    private static Duration pause(int position) {
        return position <= FOREMOST ? OFTEN : SELDOM;
    }
}
