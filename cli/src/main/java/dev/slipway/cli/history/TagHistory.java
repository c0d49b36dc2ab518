package dev.slipway.cli.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.gateway.FollowEvents;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.gateway.ReceivedEvent;
import dev.slipway.cli.json.Json;
import dev.slipway.oci.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every publish and rollback that concerned a tag, from the topic that is kept for ever. */
public final class TagHistory {
    private final Gateway gateway;

    public TagHistory(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * One of them.
     *
     * @param what happened: {@code published}, {@code rolled back}, {@code failed}, {@code superseded}
     * @param state of the tag after it, as the event names it
     * @param digest that the tag named then; empty where it named nothing, or nobody knows
     * @param previous that it named before
     * @param requester who asked for it, where that was said
     */
    public record Entry(
            Optional<Instant> at,
            String what,
            String state,
            Optional<String> digest,
            Optional<String> previous,
            String buildId,
            Optional<String> requester) {}

    /** The oldest first. */
    public List<Entry> of(Reference.Tagged reference) {
        List<Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        new FollowEvents(gateway, Duration.ZERO).follow(Optional.empty(), false, event -> {
            if (seen.add(event.id())) {
                what(event).ifPresent(what -> add(entries, reference, event, what));
            }
            return true;
        });
        entries.sort(Comparator.comparing(entry -> entry.at().orElse(Instant.MIN)));
        return List.copyOf(entries);
    }

    private static Optional<String> what(ReceivedEvent event) {
        if (event.type().isEmpty()) {
            return Optional.empty();
        }
        return switch (event.type().get()) {
            case IMAGE_PUBLISHED -> Optional.of("published");
            case IMAGE_ROLLED_BACK -> Optional.of("rolled back");
            case IMAGE_PUBLISH_FAILED -> Optional.of("failed");
            case IMAGE_SUPERSEDED -> Optional.of("superseded");
            default -> Optional.empty();
        };
    }

    private static void add(List<Entry> entries, Reference.Tagged reference, ReceivedEvent event, String what) {
        for (JsonNode target : event.data().path("targets")) {
            if (Json.text(target, "reference")
                    .filter(reference.toString()::equals)
                    .isPresent()) {
                entries.add(new Entry(
                        event.time(),
                        what,
                        Json.text(target, "state").orElse("UNKNOWN"),
                        Json.text(target, "digest"),
                        Json.text(target, "previousDigest"),
                        Json.text(event.data(), "buildId").orElse("-"),
                        Json.text(event.data(), "requester")));
            }
        }
    }
}
