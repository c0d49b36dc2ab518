package dev.slipway.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.events.EventType;
import dev.slipway.events.RequestEvent.BuildRequested;
import dev.slipway.gateway.Violation;
import dev.slipway.gateway.Violation.Code;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Names of platforms and images in a request. What has the wrong JSON type is the schema's to say. */
final class RequestNames {
    private final JsonNode data;
    private final List<Violation> violations = new ArrayList<>();

    private RequestNames(JsonNode data) {
        this.data = data;
    }

    static List<Violation> violations(EventType type, JsonNode data) {
        RequestNames names = new RequestNames(data);
        int platforms = names.check("platforms", Code.PLATFORM_UNKNOWN, Platform::parse);
        names.check("optionalPlatforms", Code.PLATFORM_UNKNOWN, Platform::parse);
        if (platforms == 0 && isBlankText(data.path("platforms"))) {
            names.violations.add(new Violation(Code.REQUEST_INVALID, "no platform is named", "/data/platforms"));
        }
        names.checkTagsIn("tags");
        if (type == EventType.COPY_REQUESTED) {
            names.checkTagsIn("targets");
        }
        if (type == EventType.ROLLBACK_REQUESTED && data.path("reference").isTextual()) {
            names.check(
                    data.path("reference").asText(), "/data/reference", Code.REFERENCE_INVALID, Reference::parseTagged);
        }
        if (type == EventType.WARMUP_REQUESTED && data.path("reference").isTextual()) {
            names.check(data.path("reference").asText(), "/data/reference", Code.REFERENCE_INVALID, Reference::parse);
        }
        return names.violations;
    }

    /** Checks each name, whichever of its three forms the list has. Returns how many there are. */
    private int check(String property, Code code, Consumer<String> parser) {
        JsonNode node = data.path(property);
        if (node.isTextual()) {
            List<String> names = BuildRequested.platformsIn(List.of(node.asText()));
            names.forEach(name -> check(name, "/data/" + property, code, parser));
            return names.size();
        }
        int count = 0;
        for (int i = 0; i < node.size(); i++) {
            if (node.path(i).isTextual()) {
                for (String name :
                        BuildRequested.platformsIn(List.of(node.path(i).asText()))) {
                    check(name, "/data/%s/%d".formatted(property, i), code, parser);
                    count++;
                }
            }
        }
        return count;
    }

    private void checkTagsIn(String property) {
        JsonNode tags = data.path(property);
        for (int i = 0; i < tags.size(); i++) {
            if (tags.path(i).isTextual()) {
                check(
                        tags.path(i).asText(),
                        "/data/%s/%d".formatted(property, i),
                        Code.REFERENCE_INVALID,
                        Reference::parseTagged);
            }
        }
    }

    private void check(String name, String pointer, Code code, Consumer<String> parser) {
        try {
            parser.accept(name);
        } catch (IllegalArgumentException e) {
            violations.add(new Violation(code, String.valueOf(e.getMessage()), pointer));
        }
    }

    /** An empty text is the schema's to refuse, and so is an empty list. */
    private static boolean isBlankText(JsonNode platforms) {
        boolean text = platforms.isTextual() && !platforms.asText().isEmpty();
        return text || (platforms.isArray() && !platforms.isEmpty());
    }
}
