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
        Statement from = null;
        List<Instruction> instructions = new ArrayList<>();
        for (LogicalLine line : file.lines()) {
            Statement statement = Statement.of(line, file.escape());
            if (statement.keyword().equals("FROM")) {
                if (from != null) {
                    stages.add(stage(stages.size(), from, instructions));
                    instructions.clear();
                }
                from = statement;
                continue;
            }
            Instruction instruction = InstructionParser.parse(statement);
            if (from != null) {
                instructions.add(instruction);
            } else if (instruction instanceof Instruction.Arg arg) {
                globals.add(arg);
            } else {
                throw line.invalid(0, "%s before the first stage; expected FROM or ARG".formatted(statement.keyword()));
            }
        }
        if (from == null) {
            throw BuildException.permanent(
                    BuildException.Reason.DOCKERFILE_INVALID,
                    "%s:1:1: the file has no stage; expected FROM".formatted(name));
        }
        stages.add(stage(stages.size(), from, instructions));
        return new Dockerfile(globals, stages, file.beyond(), file.warnings());
    }

    private static Stage stage(int index, Statement from, List<Instruction> instructions) {
        Flags flags = Flags.of(from, "platform");
        @Nullable Word platform = flags.value("platform");
        List<Word> words = from.plainWords();
        if (words.isEmpty()) {
            throw from.line().invalid(from.argumentsOffset(), "FROM takes an image; expected a name");
        }
        Optional<String> name = Optional.empty();
        if (words.size() > 1) {
            Word as = words.get(1);
            if (!as.text().equalsIgnoreCase("AS") || words.size() != 3) {
                throw from.line().invalid(as.offset(), "expected 'AS name' or the end of the line after the image");
            }
            name = Optional.of(name(words.get(2)));
        }
        return new Stage(
                index,
                name,
                from.line(),
                words.getFirst().checked(),
                platform == null ? null : platform.checked(),
                instructions);
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
