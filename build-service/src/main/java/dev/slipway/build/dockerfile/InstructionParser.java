package dev.slipway.build.dockerfile;

import dev.slipway.build.Capability;
import dev.slipway.build.dockerfile.text.Similarity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Reads one instruction, and checks all that does not depend on variables. */
final class InstructionParser {
    private static final List<String> KEYWORDS = List.of(
            "ADD",
            "ARG",
            "CMD",
            "COPY",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "FROM",
            "HEALTHCHECK",
            "LABEL",
            "MAINTAINER",
            "ONBUILD",
            "RUN",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");

    private final Statement statement;
    private final LogicalLine line;

    private InstructionParser(Statement statement) {
        this.statement = statement;
        this.line = statement.line();
    }

    static Instruction parse(Statement statement) {
        return new InstructionParser(statement).parse();
    }

    private Instruction parse() {
        return switch (statement.name()) {
            case "ARG" -> arg();
            case "ENV" -> new Instruction.Env(line, pairs());
            case "LABEL" -> new Instruction.Label(line, pairs());
            case "COPY", "ADD" -> CopyParser.parse(statement);
            case "WORKDIR" -> new Instruction.Workdir(line, theRest("a path").checked());
            case "USER" -> new Instruction.User(line, theRest("a user").checked());
            case "STOPSIGNAL" ->
                new Instruction.StopSignal(line, theRest("a signal").checked());
            case "EXPOSE" -> expose();
            case "VOLUME" -> volume();
            case "CMD" -> new Instruction.Cmd(line, command());
            case "ENTRYPOINT" -> new Instruction.Entrypoint(line, command());
            case "SHELL" -> shell();
            case "HEALTHCHECK" -> HealthCheckParser.parse(statement);
            case "RUN" -> run();
            case "ONBUILD" -> onBuild();
            case "MAINTAINER" -> {
                theRest("a name");
                yield beyond("MAINTAINER is deprecated and not done by the embedded builder; use LABEL");
            }
            default ->
                throw line.invalid(
                        statement.keyword().offset(),
                        "unknown instruction '%s'%s; expected one of %s"
                                .formatted(statement.keyword(), similar(), String.join(", ", KEYWORDS)));
        };
    }

    private Instruction run() {
        Flags.of(statement, "mount", "network", "security", "device");
        statement.execWords();
        boolean heredoc = line.heredoc().isPresent();
        return beyond(
                        line,
                        statement.keyword().offset(),
                        "RUN runs a command, and the embedded builder runs none",
                        heredoc ? Capability.LATEST_SYNTAX : Capability.PROGRAMS)
                .takingFrom(mountedFrom())
                .running();
    }

    /** What mounts take files from; where variables are in it, nobody knows before the build. */
    private List<Word> mountedFrom() {
        List<Word> from = new ArrayList<>();
        for (Word flag : statement.flags()) {
            int at = flag.text().indexOf(",from=") + 1;
            if (flag.text().startsWith("--mount=from=")) {
                at = "--mount=".length();
            }
            if (at > 0 && flag.text().startsWith("--mount=")) {
                int start = at + "from=".length();
                int comma = flag.text().indexOf(',', start);
                Word word = flag.part(start, comma < 0 ? flag.text().length() : comma);
                if (!word.text().isEmpty() && !word.text().contains("$")) {
                    from.add(word);
                }
            }
        }
        return from;
    }

    private Instruction onBuild() {
        theRest("an instruction");
        Statement inner = statement.inner();
        return switch (inner.name()) {
            case "ONBUILD", "FROM", "MAINTAINER" ->
                throw line.invalid(
                        inner.keyword().offset(),
                        "ONBUILD takes no %s; expected another instruction".formatted(inner.name()));
            default -> beyond("ONBUILD is not done by the embedded builder");
        };
    }

    private Instruction beyond(String why) {
        return beyond(line, statement.keyword().offset(), why, Capability.PROGRAMS);
    }

    static Instruction.Beyond beyond(LogicalLine line, int offset, String why, Capability needed) {
        return new Instruction.Beyond(
                line,
                line.sentence(offset, "%s; builders that can: %s".formatted(why, needed)),
                Set.copyOf(needed.builders()),
                List.of(),
                false);
    }

    private String similar() {
        return KEYWORDS.stream()
                .min(Comparator.comparingInt(keyword -> Similarity.distance(keyword, statement.name())))
                .filter(keyword -> Similarity.distance(keyword, statement.name()) <= 2)
                .map(" (did you mean %s?)"::formatted)
                .orElse("");
    }

    private Instruction arg() {
        Flags.of(statement);
        List<Instruction.Declaration> declarations = new ArrayList<>();
        for (Word word : statement.quotedWords()) {
            int equals = word.text().indexOf('=');
            if (equals == 0) {
                throw line.invalid(word.offset(), "expected a name before '='");
            }
            declarations.add(
                    equals < 0
                            ? new Instruction.Declaration(word.text(), null)
                            : new Instruction.Declaration(
                                    word.text().substring(0, equals),
                                    word.part(equals + 1, word.text().length()).checked()));
        }
        if (declarations.isEmpty()) {
            throw nothing("a name");
        }
        return new Instruction.Arg(line, declarations);
    }

    /** {@code name=value …}, or the old {@code name value}, where all the rest is the value. */
    private List<Instruction.Pair> pairs() {
        Flags.of(statement);
        List<Word> words = statement.quotedWords();
        if (words.isEmpty()) {
            throw nothing("name=value");
        }
        if (!words.getFirst().text().contains("=")) {
            return List.of(oldPair());
        }
        List<Instruction.Pair> pairs = new ArrayList<>();
        for (Word word : words) {
            int equals = word.text().indexOf('=');
            if (equals <= 0) {
                throw line.invalid(word.offset(), "expected name=value, found '%s'".formatted(word.text()));
            }
            pairs.add(new Instruction.Pair(
                    word.part(0, equals).checked(),
                    word.part(equals + 1, word.text().length()).checked()));
        }
        return pairs;
    }

    private Instruction.Pair oldPair() {
        Word name = statement.plainWords().getFirst();
        Word value = Words.rest(line, name.offset() + name.text().length(), statement.escape());
        if (value.text().isEmpty()) {
            throw line.invalid(
                    name.offset() + name.text().length(), "expected a value, as in %s=value".formatted(name.text()));
        }
        return new Instruction.Pair(name.checked(), value.checked());
    }

    private Word theRest(String what) {
        Flags.of(statement);
        Word rest = statement.rest();
        if (rest.text().isEmpty()) {
            throw nothing(what);
        }
        return rest;
    }

    private Instruction expose() {
        Flags.of(statement);
        List<Word> ports = statement.plainWords().stream().map(Word::checked).toList();
        if (ports.isEmpty()) {
            throw nothing("a port");
        }
        return new Instruction.Expose(line, ports);
    }

    private Instruction volume() {
        Flags.of(statement);
        List<Word> paths = statement.execWords().orElseGet(statement::plainWords).stream()
                .map(Word::stripped)
                .toList();
        if (paths.isEmpty()) {
            throw nothing("a path");
        }
        for (Word path : paths) {
            if (path.text().isEmpty()) {
                throw line.invalid(path.offset(), "a volume is empty; expected a path");
            }
            path.checked();
        }
        return new Instruction.Volume(line, paths);
    }

    private Command command() {
        Flags.of(statement);
        return command(statement.rest());
    }

    static Command command(Word rest) {
        return Words.exec(rest)
                .<Command>map(
                        words -> new Command.Exec(words.stream().map(Word::text).toList()))
                .orElseGet(() -> new Command.Shell(rest.text()));
    }

    private Instruction shell() {
        Flags.of(statement);
        List<Word> words = statement.execWords().orElse(List.of());
        if (words.isEmpty()) {
            throw line.invalid(
                    statement.rest().offset(), "SHELL takes the exec form; expected [\"executable\", \"parameter\"]");
        }
        return new Instruction.Shell(line, words.stream().map(Word::text).toList());
    }

    private RuntimeException nothing(String what) {
        return statement.incomplete("has no argument; expected %s".formatted(what));
    }
}
