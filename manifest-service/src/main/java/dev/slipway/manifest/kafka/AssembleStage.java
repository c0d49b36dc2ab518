package dev.slipway.manifest.kafka;

import dev.slipway.events.AssemblyEvent;
import dev.slipway.events.AssemblyEvent.ImageAssemblyFailed;
import dev.slipway.events.AssemblyReadyEvent;
import dev.slipway.events.AssemblyReadyEvent.ImageAssemblyReady;
import dev.slipway.events.Fact;
import dev.slipway.events.model.Failure;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.kit.handling.Stage;
import dev.slipway.kit.tracing.StageSpans;
import dev.slipway.manifest.AssembleIndex;
import dev.slipway.oci.StoreException;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Optional;

/** Assembles the index of a build whose platforms are all there. */
public final class AssembleStage implements Stage<AssemblyReadyEvent> {
    private final AssembleIndex assembleIndex;
    private final EventPublisher publisher;

    public AssembleStage(AssembleIndex assembleIndex, EventPublisher publisher) {
        this.assembleIndex = assembleIndex;
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "assemble index";
    }

    @Override
    public Class<AssemblyReadyEvent> events() {
        return AssemblyReadyEvent.class;
    }

    @Override
    public void handle(Received<AssemblyReadyEvent> received) {
        ImageAssemblyReady ready = ready(received);
        Span span = Span.current();
        ready.traceparents().stream()
                .map(TraceParent::read)
                .flatMap(Optional::stream)
                .forEach(built -> span.addLink(StageSpans.remote(built)));
        for (AssemblyEvent event : assemble(ready)) {
            AssemblySpan.describe(span, event);
            publisher.publish(received.cause(), event);
        }
    }

    /** A registry that refuses for good is not asked again. */
    private List<AssemblyEvent> assemble(ImageAssemblyReady ready) {
        List<Failure> missing = RequestedStatements.missing(ready);
        if (!missing.isEmpty()) {
            return List.of(new ImageAssemblyFailed(ready.buildId(), missing));
        }
        try {
            return Translation.events(ready, assembleIndex.assemble(Translation.plan(ready)));
        } catch (StoreException e) {
            if (e.retryable()) {
                throw e;
            }
            return List.of(Translation.failed(ready.buildId(), e));
        }
    }

    @Override
    public List<Fact> givenUp(Received<AssemblyReadyEvent> received, RuntimeException last) {
        return List.of(Translation.failed(ready(received).buildId(), last));
    }

    private static ImageAssemblyReady ready(Received<AssemblyReadyEvent> received) {
        return switch (received.event()) {
            case ImageAssemblyReady ready -> ready;
        };
    }
}
