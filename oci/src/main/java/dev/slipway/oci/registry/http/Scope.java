package dev.slipway.oci.registry.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a token must allow: actions by repository path (distribution's "Token Scope Documentation").
 *
 * @param actions of each repository: {@code pull}, {@code push}, {@code delete}
 */
public record Scope(Map<String, Set<String>> actions) {
    /** The base endpoint's: a token for nothing in particular. */
    public static final Scope NONE = new Scope(Map.of());

    public Scope {
        actions = Map.copyOf(actions);
    }

    public static Scope pull(String repository) {
        return new Scope(Map.of(repository, Set.of("pull")));
    }

    public static Scope push(String repository) {
        return new Scope(Map.of(repository, Set.of("pull", "push")));
    }

    public static Scope delete(String repository) {
        return new Scope(Map.of(repository, Set.of("pull", "push", "delete")));
    }

    public static Scope mount(String repository, String from) {
        return repository.equals(from)
                ? push(repository)
                : new Scope(Map.of(repository, Set.of("pull", "push"), from, Set.of("pull")));
    }

    /** Whether a token for this is good for that too. */
    public boolean covers(Scope other) {
        return other.actions.entrySet().stream()
                .allMatch(
                        entry -> actions.getOrDefault(entry.getKey(), Set.of()).containsAll(entry.getValue()));
    }

    /** As query parameters name them: {@code repository:library/busybox:pull,push}, in a fixed order. */
    public List<String> values() {
        return new TreeMap<>(actions)
                .entrySet().stream()
                        .map(entry -> "repository:%s:%s"
                                .formatted(
                                        entry.getKey(),
                                        String.join(
                                                ",",
                                                List.of("pull", "push", "delete").stream()
                                                        .filter(entry.getValue()::contains)
                                                        .toList())))
                        .toList();
    }
}
