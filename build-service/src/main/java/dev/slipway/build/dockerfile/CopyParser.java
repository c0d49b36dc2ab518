package dev.slipway.build.dockerfile;

import dev.slipway.build.Capability;
import dev.slipway.build.dockerfile.shell.Quotes;
import dev.slipway.build.dockerfile.text.Heredoc;
import dev.slipway.build.dockerfile.text.Remote;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code COPY} and {@code ADD}. */
final class CopyParser {
    private CopyParser() {}

    static Instruction parse(Statement statement) {
        boolean add = statement.name().equals("ADD");
        LogicalLine line = statement.line();
        Flags flags = add
                ? Flags.of(statement, "chown", "chmod", "link", "checksum", "keep-git-dir", "unpack", "exclude")
                : Flags.of(statement, "from", "chown", "chmod", "link", "parents", "exclude");
        List<Word> words = statement.execWords().orElseGet(statement::plainWords);
        if (words.size() < 2) {
            throw statement.incomplete(
                    words.isEmpty()
                            ? "has no argument; expected sources and a destination"
                            : "has no destination; expected another path");
        }
        if (line.heredoc().isPresent() && !Heredoc.in(words.getLast().text()).isEmpty()) {
            throw line.invalid(words.getLast().offset(), "a here-document is no destination; expected a path");
        }
        words.forEach(Word::checked);
        List<Word> sources = words.subList(0, words.size() - 1);
        Instruction.Copy copy = new Instruction.Copy(
                line,
                add,
                from(flags),
                checked(flags.value("chown")),
                checked(flags.value("chmod")),
                flags.on("link"),
                sources,
                words.getLast());
        @Nullable Word from = copy.from();
        return beyond(statement, flags, sources)
                .<Instruction>map(beyond -> beyond.takingFrom(from == null ? List.of() : List.of(from)))
                .orElse(copy);
    }

    private static Optional<Instruction.Beyond> beyond(Statement statement, Flags flags, List<Word> sources) {
        LogicalLine line = statement.line();
        @Nullable Word remote = remote(statement, sources);
        @Nullable Word flag = beyond(flags);
        if (flag != null) {
            return Optional.of(InstructionParser.beyond(
                    line,
                    flag.offset(),
                    "the flag '%s' is not done by the embedded builder".formatted(flag.text()),
                    Capability.LATEST_SYNTAX));
        }
        if (line.heredoc().isPresent()) {
            return Optional.of(InstructionParser.beyond(
                    line,
                    line.heredoc().getAsInt(),
                    "here-documents are not done by the embedded builder",
                    Capability.PROGRAMS));
        }
        return Optional.ofNullable(remote)
                .map(source -> InstructionParser.beyond(
                        line,
                        source.offset(),
                        "the embedded builder adds nothing from elsewhere",
                        Capability.PROGRAMS));
    }

    /** The first source that is from elsewhere whatever the variables are. */
    private static @Nullable Word remote(Statement statement, List<Word> sources) {
        for (Word source : sources) {
            if (Remote.isNamedBy(Quotes.remove(source.text(), source.escape()))) {
                if (!statement.name().equals("ADD")) {
                    throw statement.line().invalid(source.offset(), "COPY takes no URL; expected a path, or ADD");
                }
                return source;
            }
        }
        return null;
    }

    private static @Nullable Word beyond(Flags flags) {
        flags.on("keep-git-dir");
        flags.on("unpack");
        flags.value("checksum");
        flags.value("exclude");
        @Nullable Word flag = flags.first("exclude", "checksum", "keep-git-dir", "unpack");
        return flag == null && flags.on("parents") ? flags.first("parents") : flag;
    }

    private static @Nullable Word checked(@Nullable Word word) {
        return word == null ? null : word.checked();
    }

    private static @Nullable Word from(Flags flags) {
        @Nullable Word from = flags.value("from");
        if (from != null && !from.expand(name -> Optional.empty()).equals(from.text())) {
            throw from.line()
                    .invalid(
                            from.offset(),
                            "--from takes no variables; expected a stage, its index or an image, or a stage of its own with FROM and the variable");
        }
        return from;
    }
}
