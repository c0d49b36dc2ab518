package dev.slipway.manifest.kafka;

import dev.slipway.events.AssemblyEvent;
import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.Fact;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.RequestEvent.IndexChangeRequested;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.handling.Stage;
import dev.slipway.manifest.AssemblyOutcome;
import dev.slipway.manifest.change.ChangeIndex;
import dev.slipway.oci.StoreException;
import io.opentelemetry.api.trace.Span;
import java.util.List;

/**
 * Changes indexes on request. What comes of it is an assembled image like that of a build, so that it is published by the same
 * algorithm, on every target or on none.
 */
public final class ChangeIndexStage implements Stage<RequestEvent> {
    private final ChangeIndex changeIndex;
    private final EventPublisher publisher;

    public ChangeIndexStage(ChangeIndex changeIndex, EventPublisher publisher) {
        this.changeIndex = changeIndex;
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "change index";
    }

    @Override
    public Class<RequestEvent> events() {
        return RequestEvent.class;
    }

    @Override
    public boolean first() {
        return true;
    }

    @Override
    public boolean concerns(RequestEvent event) {
        return event instanceof IndexChangeRequested;
    }

    @Override
    public void handle(Received<RequestEvent> received) {
        if (received.event() instanceof IndexChangeRequested request) {
            for (AssemblyEvent event : change(ChangeRequest.of(received, request), received.buildId())) {
                AssemblySpan.describe(Span.current(), event);
                publisher.publish(received.cause(), event);
            }
        }
    }

    /** A registry that refuses for good is not asked again. */
    private List<AssemblyEvent> change(ChangeRequest request, String buildId) {
        ChangeRequest.Checked checked = request.check();
        if (checked.plan().isEmpty()) {
            return List.of(new ImageAssemblyFailed(buildId, checked.failures()));
        }
        try {
            AssemblyOutcome outcome = changeIndex.change(checked.plan().get());
            AssemblyEvent end = switch (outcome) {
                case AssemblyOutcome.Assembled assembled -> Translation.event(request.asJoined(assembled), assembled);
                case AssemblyOutcome.NotAssembled none -> Translation.event(buildId, none);
            };
            return Translation.afterGate(buildId, outcome, end);
        } catch (StoreException e) {
            if (e.retryable()) {
                throw e;
            }
            return List.of(Translation.failed(buildId, e));
        }
    }

    @Override
    public List<Fact> givenUp(Received<RequestEvent> received, RuntimeException last) {
        return List.of(Translation.failed(received.buildId(), last));
    }
}
