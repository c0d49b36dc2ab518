package dev.slipway.build.embedded;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.BuildObserver;
import dev.slipway.build.dockerfile.Command;
import dev.slipway.build.dockerfile.Instruction;
import dev.slipway.build.dockerfile.LogicalLine;
import dev.slipway.build.dockerfile.Word;
import dev.slipway.build.embedded.config.Ports;
import dev.slipway.build.embedded.config.Signals;
import dev.slipway.build.embedded.copy.CopyException;
import dev.slipway.build.stages.Arguments;
import dev.slipway.oci.image.Healthcheck;
import dev.slipway.oci.image.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries out the instructions of a stage. */
final class CarryOut {
    private static final List<String> SHELL = List.of("/bin/sh", "-c");

    private final Arguments globals;
    private final FileSteps files;
    private final Instant created;

    CarryOut(Arguments globals, FileSteps files, Instant created) {
        this.globals = globals;
        this.files = files;
        this.created = created;
    }

    /** Returns whether the instruction's work is done: a layer's is not before it is written. */
    boolean carryOut(Instruction instruction, StageImage image, BuildObserver.Step step) {
        boolean layer = false;
        try {
            switch (instruction) {
                case Instruction.Arg arg -> declare(arg, image);
                case Instruction.Env env -> image.setEnvironment(pairs(env.pairs(), image));
                case Instruction.Label label -> image.addLabels(pairs(label.pairs(), image));
                case Instruction.Copy copy -> layer = files.copy(copy, image, step);
                case Instruction.Workdir workdir -> layer = files.enter(workdir, image, step);
                case Instruction.User user -> setUser(user, image);
                case Instruction.Expose expose -> expose(expose, image);
                case Instruction.Volume volume -> addVolumes(volume, image);
                case Instruction.Entrypoint entrypoint -> image.setEntrypoint(arguments(entrypoint.command(), image));
                case Instruction.Cmd cmd -> image.setCommand(arguments(cmd.command(), image));
                case Instruction.StopSignal signal -> setStopSignal(signal, image);
                case Instruction.Shell shell -> image.change(config -> config.withShell(shell.shell()));
                case Instruction.HealthCheck check -> image.change(config -> config.withHealthcheck(of(check)));
                case Instruction.Beyond beyond ->
                    throw BuildException.permanent(Reason.DOCKERFILE_UNSUPPORTED, beyond.why());
            }
        } catch (CopyException e) {
            throw failed(instruction.line(), e);
        }
        image.record(layer ? History.layer(created, step.text()) : History.empty(created, step.text()));
        return !layer;
    }

    private static BuildException failed(LogicalLine line, CopyException e) {
        return new BuildException(
                e.unsupported() ? Reason.DOCKERFILE_UNSUPPORTED : Reason.BUILD_STEP_FAILED,
                "%s: %s".formatted(line.position(0), e.getMessage()),
                false,
                e);
    }

    private void declare(Instruction.Arg arg, StageImage image) {
        for (Instruction.Declaration declaration : arg.declarations()) {
            globals.value(declaration, image).ifPresent(value -> image.declare(declaration.name(), value));
        }
    }

    /** All of a line see the variables as they were before it. */
    private static Map<String, String> pairs(List<Instruction.Pair> pairs, StageImage image) {
        Map<String, String> expanded = new LinkedHashMap<>();
        pairs.forEach(
                pair -> expanded.put(pair.name().expand(image), pair.value().expand(image)));
        return expanded;
    }

    private static void setUser(Instruction.User instruction, StageImage image) {
        String user = instruction.user().expand(image);
        image.change(config -> config.withUser(user));
    }

    private static void expose(Instruction.Expose instruction, StageImage image) {
        Set<String> ports = new LinkedHashSet<>(image.config().exposedPorts());
        for (Word word : instruction.ports()) {
            for (String port : word.expandAndSplit(image)) {
                ports.addAll(checked(word, port, Ports::parse));
            }
        }
        image.change(config -> config.withExposedPorts(ports));
    }

    private static void addVolumes(Instruction.Volume instruction, StageImage image) {
        Set<String> volumes = new LinkedHashSet<>(image.config().volumes());
        for (Word word : instruction.paths()) {
            String path = word.expand(image);
            if (path.isEmpty()) {
                throw word.line()
                        .invalid(word.offset(), "'%s' is empty after expansion; expected a path".formatted(word));
            }
            volumes.add(path);
        }
        image.change(config -> config.withVolumes(volumes));
    }

    private static void setStopSignal(Instruction.StopSignal instruction, StageImage image) {
        Word word = instruction.signal();
        String signal = checked(word, word.expand(image), Signals::check);
        image.change(config -> config.withStopSignal(signal));
    }

    private static <T> T checked(Word word, String value, Function<String, T> reader) {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw word.line().invalid(word.offset(), String.valueOf(e.getMessage()));
        }
    }

    private static List<String> arguments(Command command, StageImage image) {
        return switch (command) {
            case Command.Exec exec -> exec.arguments();
            case Command.Shell shell -> {
                List<String> own = image.config().shell();
                List<String> arguments = new ArrayList<>(own.isEmpty() ? SHELL : own);
                arguments.add(shell.line());
                yield List.copyOf(arguments);
            }
        };
    }

    private static Healthcheck of(Instruction.HealthCheck check) {
        return new Healthcheck(
                test(check.command()),
                check.interval(),
                check.timeout(),
                check.startPeriod(),
                check.startInterval(),
                check.retries());
    }

    private static List<String> test(@Nullable Command command) {
        return switch (command) {
            case null -> List.of("NONE");
            case Command.Exec exec -> {
                List<String> test = new ArrayList<>(List.of("CMD"));
                test.addAll(exec.arguments());
                yield List.copyOf(test);
            }
            case Command.Shell shell -> List.of("CMD-SHELL", shell.line());
        };
    }
}
