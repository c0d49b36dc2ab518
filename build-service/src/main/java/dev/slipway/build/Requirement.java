package dev.slipway.build;

import java.util.Set;

/**
 * Something that a request asks for and that not every builder can do.
 *
 * @param what one sentence; for a Dockerfile with line and column
 * @param builders names of those that can
 */
public record Requirement(String what, Set<String> builders) {
    public Requirement {
        builders = Set.copyOf(builders);
    }

    public Requirement(String what, Capability needed) {
        this(what, Set.copyOf(needed.builders()));
    }
}
