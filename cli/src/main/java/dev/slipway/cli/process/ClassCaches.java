package dev.slipway.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether processes start from a cache of loaded classes (JEP 514), or write one when they end. */
public enum ClassCaches {
    /**
     * Where there is one of this very jar. The JVM does not see when a jar has changed, and runs old classes beside new ones.
     */
    USE,
    /** Write one; the process then takes some seconds to end. */
    TRAIN;

    List<String> options(Path cache, Path jar) throws IOException {
        return switch (this) {
            case USE ->
                Files.isRegularFile(cache)
                                && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0
                        ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off")
                        : List.of();
            case TRAIN -> List.of("-XX:AOTCacheOutput=" + cache);
        };
    }
}
