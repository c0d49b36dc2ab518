package dev.slipway.warmup.kafka;

import dev.slipway.events.WarmupEvent;
import dev.slipway.events.WarmupEvent.WarmupStarted;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.warmup.Progress;
import dev.slipway.warmup.PublishedImage;
import dev.slipway.warmup.WarmupListener;
import dev.slipway.warmup.WarmupOutcome;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** Publishes each step of a warm-up, and notes it on the span. */
final class EventListener implements WarmupListener {
    private static final AttributeKey<String> CLUSTER = AttributeKey.stringKey("slipway.cluster");

    private final PublishedImage image;
    private final Cause cause;
    private final EventPublisher publisher;

    EventListener(PublishedImage image, Cause cause, EventPublisher publisher) {
        this.image = image;
        this.cause = cause;
        this.publisher = publisher;
    }

    @Override
    public void started(String cluster, int nodes) {
        say(new WarmupStarted(image.buildId(), cluster, image.digest().value(), nodes));
    }

    @Override
    public void progressed(String cluster, Progress progress) {
        Span.current()
                .addEvent(
                        "slipway.warmup.wave",
                        Attributes.of(
                                CLUSTER,
                                cluster,
                                AttributeKey.longKey("slipway.warmup.wave"),
                                (long) progress.wave(),
                                AttributeKey.longKey("slipway.warmup.warm"),
                                (long) progress.warm(),
                                AttributeKey.longKey("slipway.warmup.failed"),
                                (long) progress.failedNodes()));
        say(ToEvents.progress(image, cluster, progress));
    }

    @Override
    public void ended(WarmupOutcome outcome) {
        switch (outcome) {
            case WarmupOutcome.Halted halted -> trouble("slipway.warmup.halted", halted.cluster());
            case WarmupOutcome.TooLate late -> trouble("slipway.warmup.too_late", late.cluster());
            case WarmupOutcome.Failed failed -> trouble("slipway.warmup.failed", failed.cluster());
            case WarmupOutcome.NoCluster ignored -> {}
            case WarmupOutcome.NoTarget ignored -> {}
            case WarmupOutcome.Warmed ignored -> {}
        }
        say(ToEvents.outcome(image, outcome));
    }

    private static void trouble(String event, String cluster) {
        Span.current().addEvent(event, Attributes.of(CLUSTER, cluster)).setStatus(StatusCode.ERROR, event);
    }

    private void say(WarmupEvent event) {
        publisher.publish(cause, event);
    }
}
