package dev.slipway.local.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One pod on a fake node, from its scheduling to its end. */
final class FakePod {
    private static final Duration BACK_OFF = Duration.ofMillis(50);

    private final FakeKubelet kubelet;
    private final Pod pod;
    private final String node;
    private final List<Container> initContainers;
    private final List<Map<String, Object>> initStatuses = new ArrayList<>();
    private final List<Map<String, Object>> statuses = new ArrayList<>();
    private final Instant startedAt = Instant.now();
    private volatile boolean ended;

    FakePod(FakeKubelet kubelet, Pod pod, String node) {
        this.kubelet = kubelet;
        this.pod = pod;
        this.node = node;
        this.initContainers = pod.getSpec().getInitContainers();
    }

    String node() {
        return node;
    }

    void end() {
        ended = true;
    }

    void schedule() {
        if (kubelet.node(node).isEmpty()) {
            kubelet.report(
                    pod,
                    Map.of(
                            "phase",
                            "Pending",
                            "conditions",
                            List.of(Map.of(
                                    "type",
                                    "PodScheduled",
                                    "status",
                                    "False",
                                    "reason",
                                    "Unschedulable",
                                    "message",
                                    "0/%d nodes are available: 1 node(s) didn't match Pod's node affinity/selector"
                                            .formatted(1)))));
            return;
        }
        kubelet.bind(pod, node);
        Long deadline = pod.getSpec().getActiveDeadlineSeconds();
        if (deadline != null) {
            kubelet.after(Duration.ofSeconds(deadline), this::deadline);
        }
        next(0, 1);
    }

    private void deadline() {
        if (!ended) {
            ended = true;
            kubelet.report(
                    pod,
                    Map.of(
                            "phase",
                            "Failed",
                            "reason",
                            "DeadlineExceeded",
                            "message",
                            "Pod was active on the node longer than the specified deadline"));
        }
    }

    /** Containers in turn, those of the initialisation first. */
    private void next(int position, int attempt) {
        if (ended) {
            return;
        }
        List<Container> all = new ArrayList<>(initContainers);
        all.addAll(pod.getSpec().getContainers());
        if (position == all.size()) {
            ended = true;
            report("Succeeded");
            return;
        }
        mount();
        Container container = all.get(position);
        String image = container.getImage();
        String digest = digest(image);
        if (kubelet.isHeld(node, digest) && !"Always".equals(container.getImagePullPolicy())) {
            run(position, container);
        } else if ("Never".equals(container.getImagePullPolicy())) {
            waits(
                    position,
                    container,
                    "ErrImageNeverPull",
                    "Container image \"%s\" is not present with pull policy of Never".formatted(image));
        } else {
            FakePulls.Pull pull = kubelet.pull(node, image, attempt);
            kubelet.after(pull.takes(), () -> pulled(position, attempt, container, pull.fault()));
        }
    }

    /** Image volumes are there before any container starts. */
    private void mount() {
        pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getImage() != null)
                .map(volume -> volume.getImage().getReference())
                .filter(image -> !kubelet.isHeld(node, digest(image)))
                .forEach(image -> {
                    kubelet.pull(node, image, 1);
                    kubelet.hold(node, digest(image));
                });
    }

    private void pulled(int position, int attempt, Container container, Optional<PullFault> fault) {
        if (ended) {
            return;
        }
        if (fault.isEmpty()) {
            kubelet.hold(node, digest(container.getImage()));
            run(position, container);
            return;
        }
        waits(position, container, "ErrImagePull", fault.get().message(container.getImage()));
        kubelet.after(BACK_OFF, () -> {
            if (!ended) {
                waits(
                        position,
                        container,
                        "ImagePullBackOff",
                        "Back-off pulling image \"%s\": ErrImagePull: %s"
                                .formatted(container.getImage(), fault.get().message(container.getImage())));
                kubelet.after(BACK_OFF, () -> next(position, attempt + 1));
            }
        });
    }

    private void run(int position, Container container) {
        if (container.getCommand().isEmpty() && position >= initContainers.size()) {
            kubelet.ran(container.getImage());
        }
        Instant now = Instant.now();
        put(
                position,
                Map.of(
                        "name",
                        container.getName(),
                        "image",
                        container.getImage(),
                        "imageID",
                        imageId(container.getImage()),
                        "ready",
                        false,
                        "restartCount",
                        0,
                        "state",
                        Map.of(
                                "terminated",
                                Map.of(
                                        "exitCode",
                                        0,
                                        "reason",
                                        "Completed",
                                        "startedAt",
                                        now.toString(),
                                        "finishedAt",
                                        now.toString()))));
        next(position + 1, 1);
    }

    private void waits(int position, Container container, String reason, String message) {
        put(
                position,
                Map.of(
                        "name",
                        container.getName(),
                        "image",
                        container.getImage(),
                        "imageID",
                        "",
                        "ready",
                        false,
                        "restartCount",
                        0,
                        "state",
                        Map.of("waiting", Map.of("reason", reason, "message", message))));
        report("Pending");
    }

    private void put(int position, Map<String, Object> status) {
        boolean init = position < initContainers.size();
        List<Map<String, Object>> list = init ? initStatuses : statuses;
        int place = init ? position : position - initContainers.size();
        if (place < list.size()) {
            list.set(place, status);
        } else {
            list.add(status);
        }
    }

    private void report(String phase) {
        kubelet.report(
                pod,
                Map.of(
                        "phase",
                        phase,
                        "startTime",
                        startedAt.toString(),
                        "initContainerStatuses",
                        List.copyOf(initStatuses),
                        "containerStatuses",
                        List.copyOf(statuses)));
    }

    private static String digest(String image) {
        int at = image.indexOf('@');
        return at < 0 ? image : image.substring(at + 1);
    }

    private String imageId(String image) {
        String digest = digest(image);
        int at = image.indexOf('@');
        String repository = at < 0 ? image : image.substring(0, at);
        FakeNode on = kubelet.node(node).orElseThrow();
        return kubelet.image(digest)
                .map(known -> known.platforms().get(on.architecture()))
                .map(platform -> switch (on.reports()) {
                    case INDEX -> repository + "@" + digest;
                    case MANIFEST -> repository + "@" + platform.manifest();
                    case CONFIG -> platform.config();
                })
                .orElse(image);
    }
}
