package dev.slipway.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.report.Columns;
import java.util.List;

/**
 * Tags name what was asked for.
 *
 * @param index its descriptor
 * @param targets as the event lists them
 */
public record Ended(String buildId, JsonNode index, JsonNode targets) {

    /** For people: digest, references, and the id that other commands take. */
    public List<String> lines() {
        Columns columns = new Columns().row("digest", index.path("digest").asText());
        targets.forEach(target -> columns.row("image", target.path("reference").asText()));
        return columns.row("build", buildId).lines();
    }
}
