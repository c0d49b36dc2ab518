package dev.slipway.build.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Dockerfile that has been read: every instruction is one that is known, with the arguments it takes.
 *
 * @param globals the {@code ARG} instructions before the first {@code FROM}
 * @param syntax the frontend that its head names, where it is another than Docker's own
 * @param beyond what its head asks for and the embedded builder cannot do
 * @param warnings with their positions
 */
public record Dockerfile(
        List<Instruction.Arg> globals,
        List<Stage> stages,
        Optional<String> syntax,
        List<String> beyond,
        List<String> warnings) {

    private static final Pattern DOCKERS_SYNTAX =
            Pattern.compile("(docker\\.io/)?docker/dockerfile(-upstream)?([:@].*)?");

    public Dockerfile {
        globals = List.copyOf(globals);
        stages = List.copyOf(stages);
        beyond = List.copyOf(beyond);
        warnings = List.copyOf(warnings);
    }

    /** Whether a frontend is Docker's own, which every builder here stands in for. */
    public static boolean isDockersOwn(String frontend) {
        return DOCKERS_SYNTAX.matcher(frontend).matches();
    }

    /**
     * Parses.
     *
     * @param file its name, for messages
     * @throws dev.slipway.build.BuildException {@code DOCKERFILE_INVALID}, with line, column and what was expected
     */
    public static Dockerfile parse(String file, byte[] content) {
        return StageReader.read(LineReader.read(file, new String(content, UTF_8)), file);
    }
}
