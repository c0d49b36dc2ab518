package dev.slipway.build.dockerfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Joins lines to instructions, reads parser directives, and sets aside comments and here-documents. */
final class LineReader {
    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*([A-Za-z][A-Za-z0-9]*)\\s*=\\s*(.+?)\\s*");
    private static final Set<String> DIRECTIVES = Set.of("syntax", "escape", "check");
    private static final Pattern TAKES_HEREDOCS =
            Pattern.compile("(?is)\\s*(ONBUILD\\s+)?(ADD|COPY|RUN)\\s(?!\\s*\\[).*<<.*");
    private static final Pattern HEREDOC =
            Pattern.compile("(?<=[\\s;&|(])\\d*<<(-?)\\s*(?:\"([^\"<]+)\"|'([^'<]+)'|([A-Za-z0-9_.+-]+))");

    /** What the file's head said, and its instructions. */
    record Lines(char escape, List<LogicalLine> lines, List<String> beyond, List<String> warnings) {}

    private final String file;
    private final String[] physical;
    private final List<LogicalLine> logical = new ArrayList<>();
    private final List<String> beyond = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Set<String> directives = new HashSet<>();
    private Pattern continuation = continuation('\\');
    private char escape = '\\';
    private boolean head = true;
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
            String line = withoutLineEnd(physical[number - 1]);
            String stripped = line.stripLeading();
            if (head) {
                head = directive(stripped, number);
            }
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            LogicalLine instruction = new LogicalLine(file);
            boolean goesOn = append(instruction, stripped, number, line.length() - stripped.length() + 1);
            while (goesOn && next < physical.length) {
                goesOn = continued(instruction);
            }
            if (!instruction.text().isBlank()) {
                readHeredocs(instruction);
                logical.add(instruction);
            }
        }
        return new Lines(escape, List.copyOf(logical), List.copyOf(beyond), List.copyOf(warnings));
    }

    private boolean continued(LogicalLine instruction) {
        int number = ++next;
        String line = withoutLineEnd(physical[number - 1]);
        if (line.stripLeading().startsWith("#")) {
            return true;
        }
        if (line.isBlank()) {
            warnings.add("%s:%d: empty continuation line".formatted(file, number));
            return true;
        }
        return append(instruction, line, number, 1);
    }

    /** Returns whether the instruction goes on in the next line. */
    private boolean append(LogicalLine instruction, String line, int number, int column) {
        Matcher end = continuation.matcher(line);
        boolean goesOn = end.find();
        instruction.append(goesOn ? line.substring(0, end.start()) : line, number, column);
        return goesOn;
    }

    /** Directives come before everything else. Returns whether there can be another. */
    private boolean directive(String line, int number) {
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
        at.append(line, number, 1);
        if (!directives.add(name)) {
            throw at.invalid(0, "the directive '%s' comes a second time; expected once".formatted(name));
        }
        switch (name) {
            case "escape" -> setEscape(at, matcher.start(2), value);
            case "syntax" -> {
                if (!value.matches("(docker\\.io/)?docker/dockerfile(-upstream)?([:@].*)?")) {
                    beyond.add("%s: the syntax '%s' needs a builder that loads it: buildkit"
                            .formatted(at.position(matcher.start(2)), value));
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
        escape = value.charAt(0);
        continuation = continuation(escape);
    }

    private void readHeredocs(LogicalLine instruction) {
        if (!TAKES_HEREDOCS.matcher(instruction.text()).matches()) {
            return;
        }
        Matcher matcher = HEREDOC.matcher(instruction.text());
        while (matcher.find()) {
            String name = matcher.group(2) != null
                    ? matcher.group(2)
                    : matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
            instruction.addHeredoc(heredoc(
                    instruction, matcher.start(), name, !matcher.group(1).isEmpty()));
        }
    }

    private String heredoc(LogicalLine instruction, int offset, String name, boolean withoutTabs) {
        StringBuilder content = new StringBuilder();
        while (next < physical.length) {
            String line = withoutLineEnd(physical[next++]);
            if ((withoutTabs ? line.replaceFirst("^\t+", "") : line).equals(name)) {
                return content.toString();
            }
            content.append(line).append('\n');
        }
        throw instruction.invalid(
                offset, "the here-document has no end; expected '%s' on a line of its own".formatted(name));
    }

    /** An escape at the end that no other escape stands before. */
    private static Pattern continuation(char escape) {
        String quoted = Pattern.quote(String.valueOf(escape));
        return Pattern.compile("(?<!%s)%s[ \\t]*$".formatted(quoted, quoted));
    }

    private static String withoutLineEnd(String line) {
        return line.replaceFirst("\r+$", "");
    }
}
