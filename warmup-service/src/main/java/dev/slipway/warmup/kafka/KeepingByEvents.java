package dev.slipway.warmup.kafka;

import dev.slipway.events.TagStateEvent.TagMoved;
import dev.slipway.events.WarmSetEvent.WarmSetChanged;
import dev.slipway.events.WarmupEvent.ImageEvicted;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.Received;
import dev.slipway.oci.Digest;
import dev.slipway.warmup.Cluster;
import dev.slipway.warmup.keep.KeepImages;
import dev.slipway.warmup.keep.KeepListener;
import dev.slipway.warmup.keep.KeptImage;
import dev.slipway.warmup.keep.WarmSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what events say. Once nothing has come for a moment the set is put into effect: after a start all of it is read, and an
 * image that a tag named earlier must not be warmed in between.
 */
public final class KeepingByEvents implements KeepListener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KeepingByEvents.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private final EventPublisher publisher;
    private final InstantSource clock;
    private final Duration settle;
    private final KeepImages keepImages;
    private final Map<String, Cause> causes = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("warm set").unstarted(work));
    private WarmSet set = new WarmSet();
    private @Nullable ScheduledFuture<?> next;

    /**
     * Makes it; nothing is kept yet.
     *
     * @param settle how long nothing must come
     */
    public KeepingByEvents(
            Supplier<List<Cluster>> clusters, EventPublisher publisher, InstantSource clock, Duration settle) {
        this.publisher = publisher;
        this.clock = clock;
        this.settle = settle;
        this.keepImages = new KeepImages(clusters, this, clock, TRY_AGAIN);
    }

    synchronized void changed(WarmSetChanged event, Received<?> received) {
        KeptImage image = ToCore.kept(event);
        causes.put(image.key(), received.cause());
        set.said(image, received.envelope().time());
        soon();
    }

    synchronized void moved(TagMoved event, Instant at) {
        set.moved(event.reference(), new Digest(event.digest()), event.buildId(), at);
        soon();
    }

    /** Forgets everything: another process does it now. */
    synchronized void stop() {
        if (next != null) {
            next.cancel(false);
        }
        set = new WarmSet();
        keepImages.keep(List.of());
    }

    private void soon() {
        if (next != null) {
            next.cancel(false);
        }
        next = timer.schedule(this::settled, settle.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void settled() {
        keepImages.keep(set.at(clock.instant()));
    }

    /** What is kept right now. */
    public List<KeptImage> kept() {
        return keepImages.kept();
    }

    @Override
    public void evicted(KeptImage image, String node) {
        Cause cause = causes.get(image.key());
        if (cause != null) {
            publisher.publish(
                    cause,
                    new ImageEvicted(
                            cause.buildId(),
                            image.cluster(),
                            image.image().digest().value(),
                            node,
                            clock.instant()));
        }
    }

    @Override
    public void troubled(KeptImage image, RuntimeException cause) {
        LOG.warnf(
                "slipway.not_kept cluster=%s reference=%s reason=%s",
                image.cluster(), image.reference(), cause.getMessage());
    }

    @Override
    public void close() {
        timer.shutdownNow();
        keepImages.close();
    }
}
