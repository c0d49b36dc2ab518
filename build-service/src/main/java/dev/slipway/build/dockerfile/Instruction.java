package dev.slipway.build.dockerfile;

import dev.slipway.build.Capability;
import dev.slipway.build.dockerfile.shell.Variables;
import dev.slipway.build.dockerfile.text.Remote;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An instruction of a stage. Words are as they stand; the builder expands them with the variables of their place. */
public sealed interface Instruction {

    LogicalLine line();

    /**
     * Declares build arguments.
     *
     * @param declarations never empty
     */
    record Arg(LogicalLine line, List<Declaration> declarations) implements Instruction {
        public Arg {
            declarations = List.copyOf(declarations);
        }
    }

    record Declaration(String name, @Nullable Word value) {}

    record Env(LogicalLine line, List<Pair> pairs) implements Instruction {
        public Env {
            pairs = List.copyOf(pairs);
        }
    }

    record Label(LogicalLine line, List<Pair> pairs) implements Instruction {
        public Label {
            pairs = List.copyOf(pairs);
        }
    }

    record Pair(Word name, Word value) {}

    /**
     * {@code COPY} or {@code ADD}.
     *
     * @param unpack whether archives are unpacked: {@code ADD}
     * @param from stage, its index, or an image; null for the context
     * @param link whether the destination is taken as if nothing was there before
     */
    record Copy(
            LogicalLine line,
            boolean unpack,
            @Nullable Word from,
            @Nullable Word chown,
            @Nullable Word chmod,
            boolean link,
            List<Word> sources,
            Word destination)
            implements Instruction {
        public Copy {
            sources = List.copyOf(sources);
        }

        /**
         * The sources with values in the place of their variables: paths of the context, stage or image.
         *
         * @throws dev.slipway.build.BuildException for a URL that only a variable made one; others are {@link Beyond}
         */
        public List<String> sources(Variables variables) {
            return sources.stream().map(source -> path(source, variables)).toList();
        }

        private String path(Word source, Variables variables) {
            String path = source.expand(variables);
            if (!Remote.isNamedBy(path)) {
                return path;
            }
            if (unpack) {
                throw line.unsupported(
                        source.offset(),
                        "the embedded builder adds nothing from elsewhere, as '%s'; builders that can: %s"
                                .formatted(path, Capability.PROGRAMS));
            }
            throw line.invalid(source.offset(), "COPY takes no URL, as '%s'; expected a path, or ADD".formatted(path));
        }
    }

    record Workdir(LogicalLine line, Word path) implements Instruction {}

    record User(LogicalLine line, Word user) implements Instruction {}

    record Expose(LogicalLine line, List<Word> ports) implements Instruction {
        public Expose {
            ports = List.copyOf(ports);
        }
    }

    record Volume(LogicalLine line, List<Word> paths) implements Instruction {
        public Volume {
            paths = List.copyOf(paths);
        }
    }

    record Entrypoint(LogicalLine line, Command command) implements Instruction {}

    record Cmd(LogicalLine line, Command command) implements Instruction {}

    record StopSignal(LogicalLine line, Word signal) implements Instruction {}

    record Shell(LogicalLine line, List<String> shell) implements Instruction {
        public Shell {
            shell = List.copyOf(shell);
        }
    }

    /**
     * {@code HEALTHCHECK}.
     *
     * @param command null for {@code NONE}
     * @param interval zero where it is not given, as the other times
     */
    record HealthCheck(
            LogicalLine line,
            @Nullable Command command,
            Duration interval,
            Duration timeout,
            Duration startPeriod,
            Duration startInterval,
            int retries)
            implements Instruction {}

    /**
     * Something that is right and that the embedded builder cannot do.
     *
     * @param why a sentence with position, and with the builders that can
     * @param builders names of those
     * @param from stages and images that it takes files from, not expanded
     * @param runs whether it starts a program of the stage's platform
     */
    record Beyond(LogicalLine line, String why, Set<String> builders, List<Word> from, boolean runs)
            implements Instruction {
        public Beyond {
            builders = Set.copyOf(builders);
            from = List.copyOf(from);
        }

        Beyond takingFrom(List<Word> words) {
            return new Beyond(line, why, builders, words, runs);
        }

        Beyond running() {
            return new Beyond(line, why, builders, from, true);
        }
    }
}
