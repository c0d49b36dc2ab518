package dev.slipway.manifest;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The platforms that a build was planned for, by normalised name, in the order requested: the required ones first.
 *
 * @param optional what may be missing; a name in both lists is optional
 */
public record PlannedPlatforms(List<String> required, List<String> optional) {
    public PlannedPlatforms {
        Set<String> mayBeMissing = new LinkedHashSet<>(optional);
        required = required.stream()
                .distinct()
                .filter(platform -> !mayBeMissing.contains(platform))
                .toList();
        optional = List.copyOf(mayBeMissing);
        if (required.isEmpty() && optional.isEmpty()) {
            throw new IllegalArgumentException("a build is planned for no platform");
        }
    }

    public List<String> all() {
        List<String> all = new ArrayList<>(required);
        all.addAll(optional);
        return List.copyOf(all);
    }

    List<String> those(Predicate<String> wanted) {
        return all().stream().filter(wanted).toList();
    }
}
