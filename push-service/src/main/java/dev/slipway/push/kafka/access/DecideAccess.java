package dev.slipway.push.kafka.access;

import dev.slipway.events.AccessEvent.AccessDecided;
import dev.slipway.events.model.AccessCheck;
import dev.slipway.events.model.AccessDecision;
import dev.slipway.events.model.TagMovePurpose;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.oci.Reference;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.access.Access;
import dev.slipway.push.access.AccessRules;
import dev.slipway.push.access.AccessRules.Action;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the rules of access, and says each decision before anything follows from it. */
public final class DecideAccess {
    private final Access access;
    private final EventPublisher publisher;

    public DecideAccess(Access access, EventPublisher publisher) {
        this.access = access;
        this.publisher = publisher;
    }

    /** Somebody wants tags to move. */
    public record Wish(
            String tenant,
            TagMovePurpose purpose,
            List<Reference.Tagged> tags,
            @Nullable String requester) {
        public Wish {
            tags = List.copyOf(tags);
        }
    }

    /** Why the wish is denied as a whole; empty where every tag may move. */
    public Optional<TargetFailure> refusal(Cause cause, AccessCheck check, Wish wish) {
        return access.rules().flatMap(rules -> {
            List<Reference.Tagged> denied = rules.denied(wish.tenant(), action(wish.purpose()), wish.tags());
            publisher.publish(cause, decided(cause.buildId(), check, wish, denied, rules));
            return denied.isEmpty() ? Optional.empty() : Optional.of(failure(wish, denied));
        });
    }

    private static AccessDecided decided(
            String buildId, AccessCheck check, Wish wish, List<Reference.Tagged> denied, AccessRules rules) {
        return new AccessDecided(
                buildId,
                wish.tenant(),
                wish.purpose(),
                check,
                denied.isEmpty() ? AccessDecision.ALLOWED : AccessDecision.DENIED,
                wish.tags().stream().map(Reference.Tagged::toString).toList(),
                denied.stream().map(Reference.Tagged::toString).toList(),
                rules.digest().value(),
                wish.requester());
    }

    private static TargetFailure failure(Wish wish, List<Reference.Tagged> denied) {
        String what = switch (wish.purpose()) {
            case PUBLISH -> "publish";
            case ROLLBACK -> "roll back";
        };
        return new TargetFailure(
                TargetFailure.Reason.ACCESS_DENIED,
                "tenant '%s' may not %s %s"
                        .formatted(
                                wish.tenant(),
                                what,
                                denied.stream().map(Reference.Tagged::toString).collect(Collectors.joining(", "))),
                denied.getFirst().repository().registry(),
                false);
    }

    private static Action action(TagMovePurpose purpose) {
        return switch (purpose) {
            case PUBLISH -> Action.PUBLISH;
            case ROLLBACK -> Action.ROLL_BACK;
        };
    }
}
