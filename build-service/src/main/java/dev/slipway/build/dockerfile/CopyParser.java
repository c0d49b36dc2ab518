package dev.slipway.build.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code COPY} and {@code ADD}. */
final class CopyParser {
    private static final String RUNNERS = "buildkit, buildah";
    private static final Pattern REMOTE = Pattern.compile("(https?|ssh|git)://.*|git@[^:]+:.*");

    private CopyParser() {}

    static Instruction parse(Statement statement) {
        boolean add = statement.keyword().equals("ADD");
        LogicalLine line = statement.line();
        Flags flags = add
                ? Flags.of(statement, "chown", "chmod", "link", "checksum", "keep-git-dir", "unpack", "exclude")
                : Flags.of(statement, "from", "chown", "chmod", "link", "parents", "exclude");
        @Nullable Word beyond = flags.first("parents", "exclude", "checksum", "keep-git-dir", "unpack");
        if (beyond != null) {
            return InstructionParser.beyond(
                    line,
                    beyond.offset(),
                    "the flag '%s' is not done by the embedded builder".formatted(beyond.text()),
                    "buildkit");
        }
        if (line.hasHeredocs()) {
            return InstructionParser.beyond(
                    line,
                    Math.max(0, line.text().indexOf("<<")),
                    "here-documents are not done by the embedded builder",
                    RUNNERS);
        }
        List<Word> words = new ArrayList<>(JsonStrings.parse(statement.rest()).orElseGet(statement::plainWords));
        if (words.size() < 2) {
            throw line.invalid(
                    line.text().length(),
                    "%s takes sources and a destination; expected %s"
                            .formatted(statement.keyword(), words.isEmpty() ? "two paths or more" : "another path"));
        }
        words.forEach(Word::checked);
        for (Word source : words.subList(0, words.size() - 1)) {
            if (REMOTE.matcher(source.text()).matches()) {
                if (!add) {
                    throw line.invalid(source.offset(), "COPY takes no URL; expected a path, or ADD");
                }
                return InstructionParser.beyond(
                        line, source.offset(), "the embedded builder adds nothing from elsewhere", RUNNERS);
            }
        }
        return new Instruction.Copy(
                line,
                add,
                from(flags),
                flags.value("chown"),
                flags.value("chmod"),
                flags.on("link"),
                words.subList(0, words.size() - 1),
                words.getLast());
    }

    private static @Nullable Word from(Flags flags) {
        Word from = flags.value("from");
        if (from != null && from.text().indexOf('$') >= 0) {
            throw from.line()
                    .invalid(
                            from.offset(),
                            "--from takes no variables; expected a stage, its index or an image, or a stage of its own with FROM and the variable");
        }
        return from;
    }
}
