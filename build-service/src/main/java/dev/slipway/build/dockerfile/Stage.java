package dev.slipway.build.dockerfile;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a Dockerfile.
 *
 * @param index from 0
 * @param name in lower case, where it has one
 * @param from the {@code FROM} line
 * @param base what stands behind {@code FROM}
 * @param platform the flag, not expanded
 */
public record Stage(
        int index,
        Optional<String> name,
        LogicalLine from,
        Word base,
        @Nullable Word platform,
        List<Instruction> instructions) {
    public Stage {
        instructions = List.copyOf(instructions);
    }

    Stage with(List<Instruction> all) {
        return new Stage(index, name, from, base, platform, all);
    }

    /** Name, or index where it has none. */
    public String label() {
        return name.orElseGet(() -> "stage-" + index);
    }
}
