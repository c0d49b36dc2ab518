package dev.slipway.warmup.kubernetes;

import dev.slipway.warmup.node.Node;
import dev.slipway.warmup.node.Taint;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Nodes of the API as the core knows them. */
final class NodeObjects {
    private static final Set<String> PRESSURES = Set.of("DiskPressure", "MemoryPressure", "PIDPressure");

    private NodeObjects() {}

    static Node of(io.fabric8.kubernetes.api.model.Node object) {
        Map<String, String> labels =
                Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
        Optional<NodeSpec> spec = Optional.ofNullable(object.getSpec());
        Optional<NodeStatus> status = Optional.ofNullable(object.getStatus());
        List<NodeCondition> conditions = status.map(NodeStatus::getConditions).orElse(List.of());
        return new Node(
                object.getMetadata().getName(),
                labels.getOrDefault("kubernetes.io/os", ""),
                labels.getOrDefault("kubernetes.io/arch", ""),
                labels,
                spec.map(NodeSpec::getUnschedulable).orElse(false),
                isOn(conditions, "Ready"),
                PRESSURES.stream().filter(type -> isOn(conditions, type)).collect(Collectors.toSet()),
                spec.map(NodeSpec::getTaints).orElse(List.of()).stream()
                        .map(taint -> new Taint(taint.getKey(), text(taint.getValue()), text(taint.getEffect())))
                        .toList(),
                status.map(NodeStatus::getNodeInfo)
                        .map(info -> text(info.getKubeletVersion()))
                        .orElse(""),
                status.map(NodeStatus::getNodeInfo)
                        .map(info -> text(info.getContainerRuntimeVersion()))
                        .orElse(""),
                status.map(NodeStatus::getAllocatable)
                        .map(room -> room.get("ephemeral-storage"))
                        .map(NodeObjects::bytes)
                        .orElse(0L));
    }

    /** What the store of an informer keeps: a status may have 20 KB, of which images are most. */
    static io.fabric8.kubernetes.api.model.Node trimmed(io.fabric8.kubernetes.api.model.Node object) {
        object.getMetadata().setManagedFields(List.of());
        object.getMetadata().setAnnotations(Map.of());
        if (object.getStatus() != null) {
            object.getStatus().setImages(List.of());
            object.getStatus().setAddresses(List.of());
            object.getStatus().setVolumesAttached(List.of());
            object.getStatus().setVolumesInUse(List.of());
        }
        return object;
    }

    private static boolean isOn(List<NodeCondition> conditions, String type) {
        return conditions.stream()
                .anyMatch(condition -> type.equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static long bytes(Quantity quantity) {
        try {
            return quantity.getNumericalAmount().longValue();
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
