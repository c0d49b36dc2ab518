package dev.slipway.push.staging;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.StoreException;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetFailure.Reason;
import dev.slipway.push.TargetRegistry;
import dev.slipway.push.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads back what a target should have: every manifest and config with its digest and media type, layers by asking for them
 * unless that was done just now. What cannot be read is a failure, whatever the reason.
 */
final class VerifyTarget {
    private final VerifyLimits limits;
    private final Work work;

    VerifyTarget(VerifyLimits limits, Work work) {
        this.limits = limits;
        this.work = work;
    }

    /** What is wrong with a target that was just written to; a registry that shows its content late is waited for. */
    Optional<TargetFailure> verify(Target target, ImageContent content) {
        return verify(target, content, limits);
    }

    /** Whether everything is there now. */
    boolean isComplete(Target target, ImageContent content) {
        return verify(target, content, limits.atOnce()).isEmpty();
    }

    private Optional<TargetFailure> verify(Target target, ImageContent content, VerifyLimits patience) {
        List<Check> checks = new ArrayList<>();
        content.children()
                .forEach(child -> checks.add(manifest(target.registry(), child, Reason.CHILD_MANIFEST_MISSING)));
        checks.add(manifest(target.registry(), content.index(), Reason.VERIFICATION_FAILED));
        content.referrers()
                .forEach(referrer -> checks.add(manifest(target.registry(), referrer, Reason.VERIFICATION_FAILED)));
        content.configs().forEach(config -> checks.add(config(target.registry(), config)));
        content.layers().stream()
                .filter(layer -> !target.knownToHave(layer.digest()))
                .forEach(layer -> checks.add(layer(target, layer)));
        return work.parallel().map(checks, check -> untilThere(check, patience)).stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Looks until what is wanted is there or patience ends. */
    private Optional<TargetFailure> untilThere(Check check, VerifyLimits patience) {
        Instant start = work.clock().instant();
        while (true) {
            Look look = check.look().apply(patience);
            Duration waited = work.since(start);
            if (look.failure().isEmpty() || waited.compareTo(look.patience()) >= 0) {
                return look.failure();
            }
            work.pauses().pause(limits.pause());
        }
    }

    private record Check(Function<VerifyLimits, Look> look) {}

    /** What one look showed, and for how long to look again. */
    private record Look(Optional<TargetFailure> failure, Duration patience) {
        static final Look GOOD = new Look(Optional.empty(), Duration.ZERO);
    }

    private static Check manifest(TargetRegistry registry, Manifest wanted, Reason reason) {
        return new Check(limits -> {
            Optional<Manifest> there;
            try {
                there = registry.manifest(wanted.digest());
            } catch (StoreException e) {
                return unreadable(registry, "manifest " + wanted.digest(), reason, e);
            }
            if (there.isEmpty()) {
                return missing(registry, "manifest " + wanted.digest(), reason, limits);
            }
            String mediaType = there.get().mediaType();
            if (!mediaType.equals(wanted.mediaType())) {
                String message = "%s serves manifest %s as %s and not as %s"
                        .formatted(registry.repository(), wanted.digest(), mediaType, wanted.mediaType());
                return new Look(
                        Optional.of(failure(registry, Reason.VERIFICATION_FAILED, message, false)), limits.mediaType());
            }
            return Look.GOOD;
        });
    }

    private static Check config(TargetRegistry registry, Descriptor config) {
        return new Check(limits -> {
            try {
                return registry.blob(config).isPresent()
                        ? Look.GOOD
                        : missing(registry, "config " + config.digest(), Reason.VERIFICATION_FAILED, limits);
            } catch (StoreException e) {
                return unreadable(registry, "config " + config.digest(), Reason.VERIFICATION_FAILED, e);
            }
        });
    }

    private static Check layer(Target target, Descriptor layer) {
        TargetRegistry registry = target.registry();
        return new Check(limits -> {
            try {
                if (!registry.hasBlob(layer.digest())) {
                    return missing(registry, "layer " + layer.digest(), Reason.VERIFICATION_FAILED, limits);
                }
            } catch (StoreException e) {
                return unreadable(registry, "layer " + layer.digest(), Reason.VERIFICATION_FAILED, e);
            }
            target.hasBlobNow(layer.digest());
            return Look.GOOD;
        });
    }

    private static Look missing(TargetRegistry registry, String what, Reason reason, VerifyLimits limits) {
        String message = "%s does not have %s, %s after it was written"
                .formatted(registry.repository(), what, seconds(limits.resolve()));
        return new Look(Optional.of(failure(registry, reason, message, true)), limits.resolve());
    }

    private static Look unreadable(TargetRegistry registry, String what, Reason reason, StoreException e) {
        String message = "%s of %s cannot be read: %s".formatted(what, registry.repository(), e.getMessage());
        return new Look(Optional.of(failure(registry, reason, message, e.retryable())), Duration.ZERO);
    }

    private static TargetFailure failure(TargetRegistry registry, Reason reason, String message, boolean retryable) {
        return new TargetFailure(reason, message, registry.repository().toString(), retryable);
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() + " ms";
    }
}
