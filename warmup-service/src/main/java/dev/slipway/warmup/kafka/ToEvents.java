package dev.slipway.warmup.kafka;

import dev.slipway.events.WarmupEvent;
import dev.slipway.events.WarmupEvent.ImageWarmed;
import dev.slipway.events.WarmupEvent.WarmupFailed;
import dev.slipway.events.WarmupEvent.WarmupProgressed;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.WarmupNumbers;
import dev.slipway.warmup.NodeFailure;
import dev.slipway.warmup.Progress;
import dev.slipway.warmup.PublishedImage;
import dev.slipway.warmup.WarmupOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the core found, as events. */
final class ToEvents {
    /** What stands for the cluster where there is none. */
    static final String NO_CLUSTER = "";

    private ToEvents() {}

    static WarmupEvent progress(PublishedImage image, String cluster, Progress progress) {
        List<Failure> failures = failures(progress);
        return new WarmupProgressed(
                image.buildId(),
                cluster,
                image.digest().value(),
                progress.wave(),
                progress.warm() + progress.lazy(),
                progress.failedNodes(),
                progress.skippedNodes(),
                progress.remaining(),
                named(progress.failed(), Enum::name),
                failures.isEmpty() ? null : failures);
    }

    static WarmupEvent outcome(PublishedImage image, WarmupOutcome outcome) {
        return switch (outcome) {
            case WarmupOutcome.NoCluster ignored ->
                ended(image, NO_CLUSTER, dev.slipway.events.model.WarmupOutcome.SKIPPED_NO_CLUSTER, null);
            case WarmupOutcome.NoTarget none ->
                ended(image, none.cluster(), dev.slipway.events.model.WarmupOutcome.SKIPPED_NO_TARGET, null);
            case WarmupOutcome.Warmed warmed ->
                ended(
                        image,
                        warmed.cluster(),
                        warmed.end().failedNodes() + warmed.end().remaining() == 0
                                ? dev.slipway.events.model.WarmupOutcome.WARMED
                                : dev.slipway.events.model.WarmupOutcome.PARTIALLY_WARMED,
                        warmed.end());
            case WarmupOutcome.Halted halted ->
                failed(
                        image,
                        halted.cluster(),
                        new Failure(
                                FailureCode.WARMUP_HALTED,
                                "the warm-up on %s halted in wave %d: %s"
                                        .formatted(
                                                halted.cluster(), halted.end().wave(), summary(halted.end())),
                                halted.cluster(),
                                true),
                        halted.end());
            case WarmupOutcome.TooLate late ->
                failed(
                        image,
                        late.cluster(),
                        new Failure(
                                FailureCode.DEADLINE_EXCEEDED,
                                "the warm-up on %s passed its deadline: %s"
                                        .formatted(late.cluster(), summary(late.end())),
                                late.cluster(),
                                true),
                        late.end());
            case WarmupOutcome.Failed failed ->
                new WarmupFailed(
                        image.buildId(),
                        failed.cluster(),
                        image.digest().value(),
                        List.of(new Failure(
                                code(failed.cause()),
                                failed.message(),
                                failed.cluster(),
                                failed.cause() == WarmupOutcome.Cause.CLUSTER_UNAVAILABLE)));
        };
    }

    private static FailureCode code(WarmupOutcome.Cause cause) {
        return switch (cause) {
            case CLUSTER_UNAVAILABLE -> FailureCode.CLUSTER_UNAVAILABLE;
            case CLUSTER_UNKNOWN -> FailureCode.CLUSTER_UNKNOWN;
            case IMAGE_UNREADABLE -> FailureCode.REGISTRY_UNAVAILABLE;
            case REQUEST_INVALID -> FailureCode.REQUEST_INVALID;
            case DEFECT -> FailureCode.INTERNAL_ERROR;
        };
    }

    private static String summary(Progress end) {
        return "%d of %d nodes are warm, %d failed (%s), %d were not tried"
                .formatted(
                        end.warm() + end.lazy(),
                        end.nodes(),
                        end.failedNodes(),
                        String.join(
                                ", ",
                                end.failed().entrySet().stream()
                                        .map(entry -> entry.getKey() + " " + entry.getValue())
                                        .toList()),
                        end.remaining());
    }

    private static WarmupEvent failed(PublishedImage image, String cluster, Failure first, Progress end) {
        return new WarmupFailed(
                image.buildId(),
                cluster,
                image.digest().value(),
                Stream.concat(Stream.of(first), failures(end).stream())
                        .limit(Progress.MAX_FAILURES)
                        .toList());
    }

    private static List<Failure> failures(Progress progress) {
        return progress.failures().stream().map(ToEvents::failure).toList();
    }

    private static Failure failure(NodeFailure failure) {
        return new Failure(
                FailureCode.NODE_PULL_FAILED,
                failure.reason() + ": " + failure.message(),
                failure.node(),
                !failure.reason().isLasting());
    }

    private static WarmupEvent ended(
            PublishedImage image,
            String cluster,
            dev.slipway.events.model.WarmupOutcome outcome,
            @Nullable Progress end) {
        int nodes = end == null ? 0 : end.nodes();
        return new ImageWarmed(
                image.buildId(),
                cluster,
                image.digest().value(),
                outcome,
                nodes,
                end == null || nodes == 0 ? null : (double) (end.warm() + end.lazy()) / nodes,
                end == null ? null : numbers(end));
    }

    private static WarmupNumbers numbers(Progress end) {
        return new WarmupNumbers(
                end.warm(),
                end.lazy(),
                named(end.failed(), Enum::name),
                named(end.skipped(), reason -> reason.code()),
                end.times().fastest(),
                end.times().median(),
                end.times().p95(),
                end.times().slowest(),
                end.bytes());
    }

    private static <K> Map<String, Integer> named(Map<K, Integer> counts, Function<K, String> name) {
        Map<String, Integer> named = new LinkedHashMap<>();
        counts.forEach((key, count) -> named.put(name.apply(key), count));
        return named;
    }
}
