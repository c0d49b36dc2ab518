package dev.slipway.manifest.join;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.events.ProgressEvent;
import dev.slipway.events.ProgressEvent.BuildCancelReceived;
import dev.slipway.events.ProgressEvent.BuildCancelled;
import dev.slipway.events.ProgressEvent.BuildDeadlinePassed;
import dev.slipway.events.ProgressEvent.BuildPlanned;
import dev.slipway.events.ProgressEvent.BuildRejected;
import dev.slipway.events.ProgressEvent.PlatformBuildFailed;
import dev.slipway.events.ProgressEvent.PlatformBuildStarted;
import dev.slipway.events.ProgressEvent.PlatformBuildWaiting;
import dev.slipway.events.ProgressEvent.PlatformBuilt;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.manifest.JoinState;
import dev.slipway.manifest.PlannedPlatforms;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is kept of an event that the join depends on, no more than its outputs need: it lies in the state store. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
    @JsonSubTypes.Type(value = KeptFact.Planned.class, name = "planned"),
    @JsonSubTypes.Type(value = KeptFact.Built.class, name = "built"),
    @JsonSubTypes.Type(value = KeptFact.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = KeptFact.Late.class, name = "late"),
    @JsonSubTypes.Type(value = KeptFact.CancelWanted.class, name = "cancel-wanted"),
    @JsonSubTypes.Type(value = KeptFact.Ended.class, name = "ended")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface KeptFact {

    /** {@code ce_id} of the event. */
    String id();

    JoinState<KeptFact> addTo(JoinState<KeptFact> state);

    /**
     * The fact that an event is to the join; empty for an event that the join does not depend on.
     *
     * @throws IllegalArgumentException for a plan without platforms
     */
    static Optional<KeptFact> of(Received<ProgressEvent> received) {
        String id = received.envelope().id();
        return switch (received.event()) {
            case BuildPlanned planned ->
                Optional.of(new Planned(id, received.envelope().trace().value(), planned));
            case PlatformBuilt built ->
                Optional.of(new Built(
                        id,
                        built.image(),
                        received.envelope().hop().map(TraceParent::value).orElse(null)));
            case PlatformBuildFailed failed -> Optional.of(new Failed(id, failed.platform(), failed.failure()));
            case BuildDeadlinePassed late -> Optional.of(new Late(id));
            case BuildRejected rejected -> Optional.of(new Ended(id, "the build was rejected"));
            case BuildCancelReceived wanted -> Optional.of(new CancelWanted(id, wanted.tenant(), wanted.reason()));
            case BuildCancelled cancelled -> Optional.empty();
            case PlatformBuildWaiting waiting -> Optional.empty();
            case PlatformBuildStarted started -> Optional.empty();
        };
    }

    /**
     * The plan of the build.
     *
     * @param trace {@code ce_traceparent}, for what the join says by itself
     */
    record Planned(String id, String trace, BuildPlanned event) implements KeptFact {
        public Planned {
            platforms(event);
        }

        private static PlannedPlatforms platforms(BuildPlanned event) {
            return new PlannedPlatforms(event.platforms(), event.optionalPlatforms());
        }

        @Override
        public JoinState<KeptFact> addTo(JoinState<KeptFact> state) {
            return state.planned(platforms(event), event.plan().tenant(), this);
        }
    }

    /**
     * The image of a platform.
     *
     * @param hop {@code traceparent} of the span that built it
     */
    record Built(String id, PlatformImage image, @Nullable String hop) implements KeptFact {
        @Override
        public JoinState<KeptFact> addTo(JoinState<KeptFact> state) {
            return state.built(image.platform(), this);
        }
    }

    record Failed(String id, String platform, Failure failure) implements KeptFact {
        @Override
        public JoinState<KeptFact> addTo(JoinState<KeptFact> state) {
            return state.failed(platform, this);
        }
    }

    record Late(String id) implements KeptFact {
        @Override
        public JoinState<KeptFact> addTo(JoinState<KeptFact> state) {
            return state.deadlinePassed();
        }
    }

    record CancelWanted(String id, String tenant, String reason) implements KeptFact {
        @Override
        public JoinState<KeptFact> addTo(JoinState<KeptFact> state) {
            return state.cancelRequested(tenant);
        }
    }

    /**
     * The end of the build by others.
     *
     * @param why one clause, for those who still build a platform of it
     */
    record Ended(String id, String why) implements KeptFact {
        @Override
        public JoinState<KeptFact> addTo(JoinState<KeptFact> state) {
            return state.ended();
        }
    }
}
