package dev.slipway.push.moving;

import dev.slipway.oci.StoreException;
import dev.slipway.push.work.Steps;
import java.util.ArrayList;
import java.util.List;

/** The tries of one step: whoever watches is told of each that is made again, and the failure at the end lists them. */
final class Tries {
    private final Steps steps;
    private final List<String> failed = new ArrayList<>();

    Tries(Steps steps) {
        this.steps = steps;
    }

    void again(StoreException why) {
        String message = String.valueOf(why.getMessage());
        failed.add(message);
        steps.again(failed.size() + 1, message);
    }

    /** What the last one failed with, and what those before it did where that was something else. */
    String listed(String last) {
        if (failed.isEmpty()) {
            return last;
        }
        List<String> others = failed.stream()
                .distinct()
                .filter(message -> !message.equals(last))
                .toList();
        return others.isEmpty()
                ? "%s (try %d, as those before)".formatted(last, failed.size() + 1)
                : "%s (try %d; before: %s)".formatted(last, failed.size() + 1, String.join("; ", others));
    }
}
