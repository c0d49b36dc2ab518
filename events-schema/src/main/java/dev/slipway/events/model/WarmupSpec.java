package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants of the warm-up.
 *
 * @param clusters empty for every configured cluster
 * @param waves how many nodes were tried after each, as counts, percentages or {@code all}: {@code 1}, {@code 10%}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WarmupSpec(
        List<String> clusters,
        Map<String, String> nodeSelector,
        List<String> waves,
        @Nullable Duration deadline,
        boolean canary,
        @Nullable Duration keep) {
    @SuppressWarnings("NullAway") // absent JSON properties arrive as null
    public WarmupSpec {
        clusters = clusters == null ? List.of() : List.copyOf(clusters);
        nodeSelector = nodeSelector == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(nodeSelector));
        waves = waves == null ? List.of() : List.copyOf(waves);
    }
}
