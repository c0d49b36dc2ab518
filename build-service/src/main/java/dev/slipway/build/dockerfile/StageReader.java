package dev.slipway.build.dockerfile;

import dev.slipway.build.BuildException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts instructions into stages. */
final class StageReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.-]*");

    private StageReader() {}

    static Dockerfile read(LineReader.Lines file, String name) {
        List<Instruction.Arg> globals = new ArrayList<>();
        List<Stage> stages = new ArrayList<>();
        @Nullable Stage open = null;
        List<Instruction> instructions = new ArrayList<>();
        for (LogicalLine line : file.lines()) {
            Statement statement = Statement.of(line, file.escape());
            if (statement.name().equals("FROM")) {
                if (open != null) {
                    stages.add(open.with(instructions));
                    instructions.clear();
                }
                open = stage(stages.size(), statement);
                continue;
            }
            Instruction instruction = InstructionParser.parse(statement);
            if (open != null) {
                instructions.add(instruction);
            } else if (instruction instanceof Instruction.Arg arg) {
                globals.add(arg);
            } else {
                throw line.invalid(
                        statement.keyword().offset(),
                        "%s before the first stage; expected FROM or ARG".formatted(statement.name()));
            }
        }
        if (open == null) {
            throw BuildException.permanent(
                    BuildException.Reason.DOCKERFILE_INVALID,
                    "%s:1:1: the file has no stage; expected FROM".formatted(name));
        }
        stages.add(open.with(instructions));
        return new Dockerfile(globals, stages, file.syntax(), file.beyond(), file.warnings());
    }

    /** One without instructions yet. */
    private static Stage stage(int index, Statement from) {
        @Nullable Word platform = Flags.of(from, "platform").value("platform");
        List<Word> words = from.plainWords();
        if (words.isEmpty()) {
            throw from.incomplete("has no argument; expected an image");
        }
        Optional<String> name = Optional.empty();
        if (words.size() > 1) {
            Word as = words.get(1);
            if (!as.text().equalsIgnoreCase("AS")) {
                throw from.line().invalid(as.offset(), "expected 'AS name' or the end of the line after the image");
            }
            if (words.size() == 2) {
                throw from.incomplete("… AS has no name; expected the stage's name");
            }
            name = Optional.of(name(words.get(2)));
            if (words.size() > 3) {
                throw from.line().invalid(words.get(3).offset(), "expected the end of the line after the stage's name");
            }
        }
        return new Stage(
                index,
                name,
                from.line(),
                words.getFirst().checked(),
                platform == null ? null : platform.checked(),
                List.of());
    }

    private static String name(Word word) {
        String name = word.text().toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw word.line()
                    .invalid(
                            word.offset(),
                            "'%s' is no name of a stage; expected a letter, then letters, digits, '_', '.' and '-'"
                                    .formatted(word.text()));
        }
        return name;
    }
}
