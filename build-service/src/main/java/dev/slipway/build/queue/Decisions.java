package dev.slipway.build.queue;

import dev.slipway.build.queue.Places.Place;
import java.util.List;
import java.util.Set;

/**
 * What a change led to.
 *
 * @param assignments to send, in order
 * @param revocations to send
 * @param places of those that wait, to be said
 * @param changed entries that now stand differently, or are gone: to be written down before anything else is decided
 */
public record Decisions(
        List<Assignment> assignments, List<Revocation> revocations, List<Place> places, Set<BuildKey> changed) {
    public Decisions {
        assignments = List.copyOf(assignments);
        revocations = List.copyOf(revocations);
        places = List.copyOf(places);
        changed = Set.copyOf(changed);
    }
}
