package dev.slipway.cli.build;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.report.ExitCode;
import java.util.List;
import java.util.Optional;

/** How a build ended, as far as the command waited for it. */
public sealed interface Outcome {

    /**
     * The index lies in staging.
     *
     * @param index its descriptor
     */
    record Assembled(JsonNode index, List<String> missingPlatforms) implements Outcome {
        public Assembled {
            missingPlatforms = List.copyOf(missingPlatforms);
        }
    }

    /**
     * The tags are moved.
     *
     * @param index its descriptor
     * @param targets as the event lists them
     */
    record Published(JsonNode index, JsonNode targets) implements Outcome {}

    /**
     * It failed, for good.
     *
     * @param what happened, as the end of a sentence that begins with the build
     * @param reasons a line each
     * @param exit what the command ends with
     */
    record Failed(String what, List<String> reasons, ExitCode exit) implements Outcome {
        public Failed {
            reasons = List.copyOf(reasons);
        }
    }

    /** The index's descriptor, where there is one. */
    default Optional<JsonNode> indexDescriptor() {
        return switch (this) {
            case Assembled assembled -> Optional.of(assembled.index());
            case Published published -> Optional.of(published.index());
            case Failed failed -> Optional.empty();
        };
    }
}
