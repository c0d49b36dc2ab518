package dev.slipway.manifest;

import dev.slipway.manifest.children.Child;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an index shall be.
 *
 * @param children in the order of the index: clients take the first entry that fits
 * @param annotations of the index
 * @param signing where signatures are wanted
 * @param asked for the gate
 * @param tag under which it is found in staging
 */
public record AssemblyPlan(
        List<Child> children,
        Map<String, String> annotations,
        Optional<Signatures.Order> signing,
        Gate.Asked asked,
        String tag) {
    public AssemblyPlan {
        if (children.isEmpty()) {
            throw new IllegalArgumentException("an index over no image is wanted for '%s'".formatted(tag));
        }
        children = List.copyOf(children);
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }
}
