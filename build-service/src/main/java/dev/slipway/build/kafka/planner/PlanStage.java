package dev.slipway.build.kafka.planner;

import dev.slipway.build.kafka.Failures;
import dev.slipway.build.plan.PlanBuild;
import dev.slipway.build.plan.PlanDocuments;
import dev.slipway.build.plan.PlanOutcome;
import dev.slipway.events.Fact;
import dev.slipway.events.ProgressEvent;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.handling.Stage;
import dev.slipway.kit.handling.UnsupportedEventException;
import dev.slipway.oci.StoreException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Plans requests. A plan is in staging before anything is said about it, so the same request always gets the same. */
public final class PlanStage implements Stage<RequestEvent> {

    /** Leaves room in a record for what an assignment adds to a plan. */
    static final int MAX_PLAN_BYTES = 896 * 1024;

    private static final Pattern BUILD_ID = Pattern.compile("[0-9a-f]{32}");

    private final PlanBuild planner;
    private final PlanDocuments documents;
    private final RequestTranslation translation;
    private final EventPublisher publisher;

    public PlanStage(
            PlanBuild planner, PlanDocuments documents, RequestTranslation translation, EventPublisher publisher) {
        this.planner = planner;
        this.documents = documents;
        this.translation = translation;
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "plan build";
    }

    @Override
    public Class<RequestEvent> events() {
        return RequestEvent.class;
    }

    @Override
    public boolean first() {
        return true;
    }

    /** Changes of indexes are the manifest service's, rollbacks and copies the push service's, warm-ups the warm-up's. */
    @Override
    public boolean concerns(RequestEvent event) {
        return switch (event) {
            case RequestEvent.BuildRequested ignored -> true;
            case RequestEvent.BuildCancelRequested ignored -> true;
            case RequestEvent.WarmupRequested ignored -> false;
            case RequestEvent.RollbackRequested ignored -> false;
            case RequestEvent.CopyRequested ignored -> false;
            case RequestEvent.IndexChangeRequested ignored -> false;
        };
    }

    @Override
    public void handle(Received<RequestEvent> received) {
        switch (received.event()) {
            case RequestEvent.BuildRequested request -> plan(received, request);
            case RequestEvent.BuildCancelRequested cancel -> cancel(received, cancel);
            case RequestEvent.RollbackRequested ignored -> {}
            case RequestEvent.CopyRequested ignored -> {}
            case RequestEvent.IndexChangeRequested ignored -> {}
            case RequestEvent.WarmupRequested ignored -> {}
        }
    }

    @Override
    public List<Fact> givenUp(Received<RequestEvent> received, RuntimeException last) {
        return received.event() instanceof RequestEvent.BuildRequested
                ? List.of(rejected(received, List.of(Failures.of(last))))
                : List.of();
    }

    private void cancel(Received<RequestEvent> received, RequestEvent.BuildCancelRequested cancel) {
        if (!BUILD_ID.matcher(cancel.buildId()).matches()) {
            throw new UnsupportedEventException("'%s' of %s is no build id"
                    .formatted(cancel.buildId(), received.envelope().type()));
        }
        publisher.publish(received.cause(), translation.toFact(received, cancel));
    }

    private void plan(Received<RequestEvent> received, RequestEvent.BuildRequested request) {
        try {
            Optional<byte[]> kept = documents.find(received.buildId());
            if (kept.isPresent()) {
                Span.current().setAttribute("slipway.plan.reused", true);
                publish(received, PlanDocument.parse(kept.get()));
                return;
            }
            switch (planner.plan(translation.toRequest(received.buildId(), request))) {
                case PlanOutcome.Rejected rejected ->
                    reject(
                            received,
                            rejected.violations().stream().map(Failures::of).toList());
                case PlanOutcome.Planned planned -> keepAndPublish(received, request, planned);
            }
        } catch (StoreException e) {
            reject(received, List.of(Failures.of(e)));
        }
    }

    private void keepAndPublish(
            Received<RequestEvent> received, RequestEvent.BuildRequested request, PlanOutcome.Planned planned) {
        PlanDocument document = translation.toDocument(received, request, planned);
        byte[] json = document.toJson();
        if (json.length > MAX_PLAN_BYTES) {
            String message = "the plan of this request has %d bytes; at most %d can go from stage to stage"
                    .formatted(json.length, MAX_PLAN_BYTES);
            reject(received, List.of(new Failure(FailureCode.REQUEST_INVALID, message, null, false)));
            return;
        }
        documents.keep(received.buildId(), json);
        publish(received, document);
    }

    private void publish(Received<RequestEvent> received, PlanDocument document) {
        List<Fact> facts = new ArrayList<>(document.progress());
        facts.addAll(document.queued());
        publisher.publish(received.cause(), facts);
    }

    private void reject(Received<RequestEvent> received, List<Failure> failures) {
        Span.current()
                .setStatus(StatusCode.ERROR, failures.getFirst().message())
                .setAttribute("error.type", failures.getFirst().code().name());
        publisher.publish(received.cause(), rejected(received, failures));
    }

    private static ProgressEvent.BuildRejected rejected(Received<RequestEvent> received, List<Failure> failures) {
        return new ProgressEvent.BuildRejected(received.buildId(), failures);
    }
}
