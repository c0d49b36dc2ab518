package dev.slipway.build.dockerfile;

import dev.slipway.build.BuildException;
import dev.slipway.build.Capability;
import dev.slipway.build.dockerfile.text.Heredoc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Joins lines to instructions, reads parser directives, and sets aside comments and here-documents. */
final class LineReader {
    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*([A-Za-z][A-Za-z0-9]*)\\s*=\\s*(.+?)\\s*");
    private static final int LONGEST_LINE = 65_535;
    private static final Set<String> DIRECTIVES = Set.of("syntax", "escape", "check");
    private static final Set<String> TAKE_HEREDOCS = Set.of("ADD", "COPY", "RUN");

    /** What the file's head said, and its instructions. */
    record Lines(
            char escape,
            List<LogicalLine> lines,
            Optional<String> syntax,
            List<String> beyond,
            List<String> warnings) {}

    private final String file;
    private final String[] physical;
    private final List<LogicalLine> logical = new ArrayList<>();
    private final List<String> beyond = new ArrayList<>();
    private Optional<String> syntax = Optional.empty();
    private final List<String> warnings = new ArrayList<>();
    private final Set<String> directives = new HashSet<>();
    private char escape = '\\';
    private boolean head = true;
    private boolean script;
    private int next;

    private LineReader(String file, String content) {
        this.file = file;
        this.physical = (content.startsWith("\uFEFF") ? content.substring(1) : content).split("\n", -1);
    }

    static Lines read(String file, String content) {
        return new LineReader(file, content).read();
    }

    private Lines read() {
        while (next < physical.length) {
            int number = ++next;
            String line = line(number);
            String stripped = line.stripLeading();
            int column = line.length() - stripped.length() + 1;
            if (head) {
                head = directive(stripped, number, column);
            }
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            LogicalLine instruction = new LogicalLine(file);
            boolean goesOn = append(instruction, stripped, number, column);
            while (goesOn && next < physical.length) {
                goesOn = continued(instruction);
            }
            if (!instruction.text().isBlank()) {
                skipHeredocs(instruction);
                logical.add(instruction);
            }
        }
        return new Lines(escape, List.copyOf(logical), syntax, List.copyOf(beyond), List.copyOf(warnings));
    }

    private boolean continued(LogicalLine instruction) {
        int number = ++next;
        String line = line(number);
        if (line.stripLeading().startsWith("#")) {
            return true;
        }
        if (line.isBlank()) {
            warnings.add("%s:%d: empty continuation line".formatted(file, number));
            return true;
        }
        return append(instruction, line, number, 1);
    }

    /** Returns whether the instruction goes on in the next line: an escape at the end, which no other escape stands before. */
    private boolean append(LogicalLine instruction, String line, int number, int column) {
        int last = line.length() - 1;
        while (last >= 0 && (line.charAt(last) == ' ' || line.charAt(last) == '\t')) {
            last--;
        }
        boolean goesOn = last >= 0 && line.charAt(last) == escape && (last == 0 || line.charAt(last - 1) != escape);
        instruction.append(goesOn ? line.substring(0, last) : line, number, column);
        return goesOn;
    }

    /** Directives come before everything else. Returns whether there can be another. */
    private boolean directive(String line, int number, int column) {
        if (number == 1 && line.startsWith("#!")) {
            script = true;
            return true;
        }
        Matcher matcher = DIRECTIVE.matcher(line);
        if (!matcher.matches()) {
            return false;
        }
        String name = matcher.group(1).toLowerCase(Locale.ROOT);
        String value = matcher.group(2);
        if (!DIRECTIVES.contains(name)) {
            return false;
        }
        LogicalLine at = new LogicalLine(file);
        at.append(line, number, column);
        if (!directives.add(name)) {
            throw at.invalid(0, "the directive '%s' comes a second time; expected once".formatted(name));
        }
        switch (name) {
            case "escape" -> setEscape(at, matcher.start(2), value);
            case "syntax" -> {
                String frontend = value.split(" ", 2)[0];
                if (!Dockerfile.isDockersOwn(frontend)) {
                    syntax = Optional.of(frontend);
                    beyond.add(at.sentence(
                            matcher.start(2),
                            "the syntax '%s' needs a builder that loads it: %s"
                                    .formatted(value, Capability.LATEST_SYNTAX)));
                }
            }
            default -> warnings.add("%s:%d: the directive 'check' has no effect here".formatted(file, number));
        }
        return true;
    }

    private void setEscape(LogicalLine at, int offset, String value) {
        if (!value.equals("\\") && !value.equals("`")) {
            throw at.invalid(offset, "the escape character is '%s'; expected \\ or `".formatted(value));
        }
        if (script) {
            warnings.add("%s: the directive 'escape' has no effect below '#!'".formatted(at.position(0)));
        } else {
            escape = value.charAt(0);
        }
    }

    private void skipHeredocs(LogicalLine instruction) {
        if (!instruction.text().contains("<<") || !takesHeredocs(Statement.of(instruction, escape))) {
            return;
        }
        for (Heredoc heredoc : Heredoc.in(instruction.text())) {
            instruction.heredocAt(heredoc.offset());
            skip(instruction, heredoc);
        }
    }

    private static boolean takesHeredocs(Statement statement) {
        if (statement.name().equals("ONBUILD")) {
            return takesHeredocs(statement.inner());
        }
        return TAKE_HEREDOCS.contains(statement.name()) && statement.execWords().isEmpty();
    }

    private void skip(LogicalLine instruction, Heredoc heredoc) {
        while (next < physical.length) {
            if (heredoc.endsWith(line(++next))) {
                return;
            }
        }
        throw instruction.invalid(
                heredoc.offset(),
                "the here-document has no end; expected '%s' on a line of its own".formatted(heredoc.name()));
    }

    /** A line without its end. */
    private String line(int number) {
        String line = physical[number - 1];
        int end = line.length();
        if (end > LONGEST_LINE) {
            throw BuildException.permanent(
                    BuildException.Reason.DOCKERFILE_INVALID,
                    "%s:%d:%d: the line is too long; expected %d characters at most"
                            .formatted(file, number, LONGEST_LINE + 1, LONGEST_LINE));
        }
        while (end > 0 && line.charAt(end - 1) == '\r') {
            end--;
        }
        return line.substring(0, end);
    }
}
