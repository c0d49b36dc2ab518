package dev.slipway.build.dockerfile.shell;

import java.util.Optional;

/** What names stand for. A name that is not set is empty, one that is set to nothing is not. */
@FunctionalInterface
public interface Variables {
    Optional<String> get(String name);
}
