package dev.slipway.warmup.run;

import dev.slipway.warmup.cluster.Happening;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a run has not taken note of yet, in the order in which it happened. Of a node that changes all the time only the last is
 * kept, so a run that is held up needs no more memory than the cluster has nodes.
 */
final class Inbox {
    private static final class Letter {
        private Happening happening;

        private Letter(Happening happening) {
            this.happening = happening;
        }
    }

    private final BlockingQueue<Letter> letters = new LinkedBlockingQueue<>();
    private final Map<String, Letter> unreadNodes = new HashMap<>();

    synchronized void add(Happening happening) {
        if (happening instanceof Happening.NodeSeen seen) {
            Letter unread = unreadNodes.get(seen.node().name());
            if (unread != null) {
                unread.happening = seen;
                return;
            }
        }
        Letter letter = new Letter(happening);
        if (happening instanceof Happening.NodeSeen seen) {
            unreadNodes.put(seen.node().name(), letter);
        } else if (happening instanceof Happening.NodeGone gone) {
            unreadNodes.remove(gone.node());
        }
        letters.add(letter);
    }

    /** The next; null where nothing happens for so long. */
    @Nullable
    Happening poll(Duration limit) throws InterruptedException {
        Letter letter = letters.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        return letter == null ? null : read(letter);
    }

    private synchronized Happening read(Letter letter) {
        if (letter.happening instanceof Happening.NodeSeen seen) {
            unreadNodes.remove(seen.node().name(), letter);
        }
        return letter.happening;
    }

    int size() {
        return letters.size();
    }
}
