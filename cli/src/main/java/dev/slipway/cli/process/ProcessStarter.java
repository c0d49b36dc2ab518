package dev.slipway.cli.process;

import dev.slipway.cli.report.CommandFailure;
import dev.slipway.signing.keys.ReadKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Starts processes that outlive this one. */
public final class ProcessStarter {
    private static final long LARGEST_LOG_BYTES = 10_000_000;

    /**
     * A JVM leaves signals alone that were ignored when it started, so neither Ctrl-C nor a closed terminal ends the
     * process; in a session of its own, where the system has the command for it, Ctrl-Z does not stop it either.
     */
    private static final String DETACH =
            "trap '' INT HUP QUIT; if command -v setsid >/dev/null; then exec setsid \"$@\"; else exec \"$@\"; fi";

    /** Not for every process: builds run in some of them. */
    private static final Set<String> SECRETS = Set.of(ReadKey.PASSWORD);

    private final Installation installation;
    private final Path directory;
    private final ClassCaches caches;

    public ProcessStarter(Installation installation, Path directory, ClassCaches caches) {
        this.installation = installation;
        this.directory = directory;
        this.caches = caches;
    }

    public ProcessRecord start(ProcessSpec spec) {
        try {
            return start(spec, new ProcessBuilder(command(spec)));
        } catch (IOException e) {
            throw CommandFailure.unavailable("cannot start %s: %s".formatted(spec.name(), e.getMessage()));
        }
    }

    private ProcessRecord start(ProcessSpec spec, ProcessBuilder builder) throws IOException {
        builder.environment()
                .keySet()
                .removeIf(name -> SECRETS.contains(name) && !spec.secrets().contains(name));
        builder.directory(directory.toFile());
        builder.redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        keepShort(spec.log());
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        ProcessHandle handle = builder.start().toHandle();
        Instant started = handle.info().startInstant().orElseGet(Instant::now);
        return new ProcessRecord(spec.name(), handle.pid(), started, spec.healthPort(), spec.readyUrl());
    }

    private List<String> command(ProcessSpec spec) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DETACH, "slipway"));
        command.add(installation.java().toString());
        command.addAll(caches.options(installation.aotCache(spec.name()), spec.jar()));
        command.addAll(spec.jvmOptions());
        command.addAll(spec.program());
        command.addAll(spec.arguments());
        return command;
    }

    private static void keepShort(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
