package dev.slipway.warmup.kubernetes;

import dev.slipway.warmup.cluster.WarmPod;
import dev.slipway.warmup.node.Strategy;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A warm-up pod as the API takes it, within Pod Security "restricted". The tool copies itself into an empty directory, and
 * that copy is what runs in the image's container: nothing of the image itself does, so it needs no shell and no file at all.
 */
final class PodManifest {
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String MANAGER = "slipway-warmup";
    static final String RUN = "slipway.dev/warm-run";
    static final String NODE = "slipway.dev/node";
    static final String TOOL_CONTAINER = "tool";
    static final String IMAGE_CONTAINER = "image";

    private static final String TOOL = "/slipway-true";
    private static final String PROGRAMS = "/slipway";
    private static final String COPY = PROGRAMS + "/true";
    private static final String MOUNTED_IMAGE = "/image";
    private static final Map<String, Quantity> LITTLE =
            Map.of("cpu", new Quantity("1m"), "memory", new Quantity("8Mi"));
    private static final Map<String, Quantity> ENOUGH =
            Map.of("cpu", new Quantity("100m"), "memory", new Quantity("32Mi"));

    private PodManifest() {}

    static Pod of(WarmPod pod, PodSettings settings) {
        boolean mounted = pod.strategy() == Strategy.IMAGE_VOLUME && !pod.probe();
        String image = pod.image().toString();
        return new PodBuilder()
                .withNewMetadata()
                .withName(pod.name())
                .withNamespace(settings.namespace())
                .withLabels(Map.of(MANAGED_BY, MANAGER, RUN, pod.run().value()))
                .withAnnotations(Map.of(
                        NODE,
                        pod.node(),
                        "slipway.dev/image",
                        image,
                        "cluster-autoscaler.kubernetes.io/safe-to-evict",
                        "true"))
                .endMetadata()
                .withNewSpec()
                .withNewAffinity()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addNewMatchField()
                .withKey("metadata.name")
                .withOperator("In")
                .withValues(pod.node())
                .endMatchField()
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .withActiveDeadlineSeconds(Math.max(1, pod.deadline().toSeconds()))
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(0L)
                .withPriorityClassName(settings.priorityClass().orElse(null))
                .withImagePullSecrets(settings.pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withTolerations(tolerations(settings))
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(settings.user())
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withVolumes(volumes(image, mounted))
                .withInitContainers(container(
                        TOOL_CONTAINER,
                        pod.tool().toString(),
                        "IfNotPresent",
                        List.of(TOOL, COPY),
                        toolMounts(mounted)))
                .withContainers(container(
                        IMAGE_CONTAINER,
                        image,
                        mounted || pod.probe() ? "Never" : "IfNotPresent",
                        List.of(COPY),
                        List.of(mount("programs", PROGRAMS, true))))
                .endSpec()
                .build();
    }

    private static List<Volume> volumes(String image, boolean mounted) {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(new VolumeBuilder()
                .withName("programs")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("1Mi"))
                .endEmptyDir()
                .build());
        if (mounted) {
            volumes.add(new VolumeBuilder()
                    .withName("image")
                    .withNewImage()
                    .withReference(image)
                    .withPullPolicy("IfNotPresent")
                    .endImage()
                    .build());
        }
        return volumes;
    }

    private static List<VolumeMount> toolMounts(boolean mounted) {
        VolumeMount programs = mount("programs", PROGRAMS, false);
        return mounted ? List.of(programs, mount("image", MOUNTED_IMAGE, true)) : List.of(programs);
    }

    private static VolumeMount mount(String volume, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(readOnly)
                .build();
    }

    private static Container container(
            String name, String image, String pullPolicy, List<String> command, List<VolumeMount> mounts) {
        return new ContainerBuilder()
                .withName(name)
                .withImage(image)
                .withImagePullPolicy(pullPolicy)
                .withCommand(command)
                .withWorkingDir("/")
                .withVolumeMounts(mounts)
                .withNewResources()
                .withRequests(LITTLE)
                .withLimits(ENOUGH)
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .build();
    }

    private static List<Toleration> tolerations(PodSettings settings) {
        if (settings.tolerated().contains("*")) {
            return List.of(new TolerationBuilder().withOperator("Exists").build());
        }
        return settings.tolerated().stream()
                .sorted()
                .map(key -> new TolerationBuilder()
                        .withKey(key)
                        .withOperator("Exists")
                        .build())
                .toList();
    }
}
