package dev.slipway.build.queue;

import java.util.List;
import java.util.Set;

/**
 * What a change led to.
 *
 * @param assignments to send, in order
 * @param revocations to send
 * @param changed entries that now stand differently, or are gone: to be written down before anything else is decided
 */
public record Decisions(List<Assignment> assignments, List<Revocation> revocations, Set<BuildKey> changed) {
    public Decisions {
        assignments = List.copyOf(assignments);
        revocations = List.copyOf(revocations);
        changed = Set.copyOf(changed);
    }
}
