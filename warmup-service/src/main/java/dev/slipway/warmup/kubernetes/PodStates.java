package dev.slipway.warmup.kubernetes;

import dev.slipway.warmup.cluster.PodState;
import dev.slipway.warmup.verify.PullFailure;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a pod's status says of the image. */
final class PodStates {
    private static final Set<String> STILL_STARTING = Set.of("ContainerCreating", "PodInitializing");

    private PodStates() {}

    static PodState of(Pod pod) {
        PodStatus status = pod.getStatus();
        if (status == null) {
            return new PodState.Waiting();
        }
        Optional<PodState> held = find(status.getContainerStatuses(), PodManifest.IMAGE_CONTAINER)
                .filter(PodStates::isCreated)
                .map(container -> new PodState.Holding(container.getImageID()));
        return held.or(() -> ended(status))
                .or(() -> toolFailure(status))
                .or(() -> imageFailure(status))
                .or(() -> unschedulable(status))
                .orElseGet(PodState.Waiting::new);
    }

    /** A container exists from its image on, whether its program ran or not. */
    private static boolean isCreated(ContainerStatus container) {
        return container.getImageID() != null
                && !container.getImageID().isEmpty()
                && container.getState() != null
                && (container.getState().getRunning() != null
                        || container.getState().getTerminated() != null);
    }

    private static Optional<PodState> ended(PodStatus status) {
        if (!"Failed".equals(status.getPhase()) && !"Succeeded".equals(status.getPhase())) {
            return Optional.empty();
        }
        String text = "%s: %s".formatted(text(status.getReason()), text(status.getMessage()));
        if ("DeadlineExceeded".equals(status.getReason())) {
            return Optional.of(new PodState.Ended(PullFailure.TIMEOUT, text));
        }
        Optional<PodState> tool = find(status.getInitContainerStatuses(), PodManifest.TOOL_CONTAINER)
                .map(ContainerStatus::getState)
                .map(state -> state.getTerminated())
                .filter(terminated -> terminated.getExitCode() != null && terminated.getExitCode() != 0)
                .map(terminated -> new PodState.Ended(
                        PullFailure.TOOL_IMAGE,
                        "the warm-up's own program ended with %d: %s"
                                .formatted(
                                        terminated.getExitCode(),
                                        text(terminated.getReason()) + " " + text(terminated.getMessage()))));
        return tool.or(() -> Optional.of(new PodState.Ended(PullFailure.of(text), text)));
    }

    private static Optional<PodState> toolFailure(PodStatus status) {
        return waiting(status.getInitContainerStatuses(), PodManifest.TOOL_CONTAINER)
                .map(waiting -> {
                    PullFailure reason = PullFailure.of(message(waiting));
                    return new PodState.Failing(
                            reason.isLasting() ? PullFailure.TOOL_IMAGE : reason,
                            "the warm-up's own image: " + message(waiting));
                });
    }

    private static Optional<PodState> imageFailure(PodStatus status) {
        return waiting(status.getContainerStatuses(), PodManifest.IMAGE_CONTAINER)
                .map(waiting -> new PodState.Failing(
                        "ErrImageNeverPull".equals(waiting.getReason())
                                ? PullFailure.ABSENT
                                : PullFailure.of(message(waiting)),
                        message(waiting)));
    }

    private static Optional<PodState> unschedulable(PodStatus status) {
        return Optional.ofNullable(status.getConditions()).stream()
                .flatMap(List::stream)
                .filter(condition -> "PodScheduled".equals(condition.getType())
                        && "False".equals(condition.getStatus())
                        && "Unschedulable".equals(condition.getReason()))
                .<PodState>map(condition -> new PodState.Unschedulable(text(condition.getMessage())))
                .findFirst();
    }

    private static Optional<ContainerStateWaiting> waiting(List<ContainerStatus> statuses, String name) {
        return find(statuses, name)
                .map(ContainerStatus::getState)
                .map(state -> state.getWaiting())
                .filter(waiting -> waiting.getReason() != null && !STILL_STARTING.contains(waiting.getReason()));
    }

    private static Optional<ContainerStatus> find(List<ContainerStatus> statuses, String name) {
        return statuses == null
                ? Optional.empty()
                : statuses.stream()
                        .filter(status -> name.equals(status.getName()))
                        .findFirst();
    }

    private static String message(ContainerStateWaiting waiting) {
        return "%s: %s".formatted(waiting.getReason(), text(waiting.getMessage()));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
