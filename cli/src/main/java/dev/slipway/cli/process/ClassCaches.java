package dev.slipway.cli.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether processes start from a cache of loaded classes (JEP 514), or write one when they end. */
public enum ClassCaches {
    /** Where there is one. The JVM itself ignores one that does not fit to the jars any more. */
    USE,
    /** Write one; the process then takes some seconds to end. */
    TRAIN;

    List<String> options(Path cache) {
        return switch (this) {
            case USE ->
                Files.isRegularFile(cache)
                        ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off")
                        : List.of();
            case TRAIN -> List.of("-XX:AOTCacheOutput=" + cache);
        };
    }
}
