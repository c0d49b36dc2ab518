package dev.slipway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Build contexts that tests make. */
final class Contexts {
    static final Path HELLO = Stack.ROOT.resolve("examples/hello");

    private Contexts() {}

    /**
     * A Dockerfile without RUN and one file that does not compress.
     *
     * @param seed the same seed gives the same bytes
     */
    static Path random(Path directory, long seed, int megabytes) {
        try {
            byte[] content = new byte[megabytes << 20];
            new Random(seed).nextBytes(content);
            Files.createDirectories(directory);
            Files.write(directory.resolve("app.bin"), content);
            Files.writeString(directory.resolve("Dockerfile"), """
                    FROM scratch
                    ARG TARGETARCH
                    LABEL arch=$TARGETARCH
                    COPY app.bin /app/app.bin
                    ENTRYPOINT ["/app/app.bin"]
                    """);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
