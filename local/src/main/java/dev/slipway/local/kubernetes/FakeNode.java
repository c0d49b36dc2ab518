package dev.slipway.local.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A node as its kubelet would announce it.
 *
 * @param architecture as in {@code kubernetes.io/arch}
 * @param labels beside those that every node has
 * @param kubelet its version, {@code v1.35.2}
 * @param runtime as in {@code nodeInfo.containerRuntimeVersion}
 * @param reports which digest of an image its runtime gives as {@code imageID}
 */
public record FakeNode(
        String name,
        String architecture,
        Map<String, String> labels,
        String kubelet,
        String runtime,
        ReportedDigest reports) {

    /** Runtimes differ in what they call the id of an image. */
    public enum ReportedDigest {
        /** containerd, of an image that was pulled by its index. */
        INDEX,
        /** CRI-O. */
        MANIFEST,
        /** Runtimes that name images by their config. */
        CONFIG
    }

    public FakeNode {
        labels = Map.copyOf(labels);
    }

    public static FakeNode amd64(String name) {
        return new FakeNode(name, "amd64", Map.of(), "v1.34.1", "containerd://2.1.4", ReportedDigest.INDEX);
    }

    public FakeNode withArchitecture(String other) {
        return new FakeNode(name, other, labels, kubelet, runtime, reports);
    }

    public FakeNode withLabels(Map<String, String> others) {
        return new FakeNode(name, architecture, others, kubelet, runtime, reports);
    }

    public FakeNode withVersions(String kubeletVersion, String runtimeVersion) {
        return new FakeNode(name, architecture, labels, kubeletVersion, runtimeVersion, reports);
    }

    public FakeNode reporting(ReportedDigest digest) {
        return new FakeNode(name, architecture, labels, kubelet, runtime, digest);
    }

    Node object() {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "kubernetes.io/hostname", name, "kubernetes.io/os", "linux", "kubernetes.io/arch", architecture));
        all.putAll(labels);
        Map<String, Quantity> room = Map.of(
                "cpu", new Quantity("4"),
                "memory", new Quantity("16Gi"),
                "ephemeral-storage", new Quantity("100Gi"),
                "pods", new Quantity("110"));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(all)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withCapacity(room)
                .withAllocatable(room)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withReason("KubeletReady")
                .endCondition()
                .withNewNodeInfo()
                .withArchitecture(architecture)
                .withOperatingSystem("linux")
                .withKubeletVersion(kubelet)
                .withContainerRuntimeVersion(runtime)
                .withBootID("")
                .withKernelVersion("")
                .withKubeProxyVersion("")
                .withMachineID("")
                .withOsImage("")
                .withSystemUUID("")
                .endNodeInfo()
                .withImages(List.of())
                .endStatus()
                .build();
    }
}
