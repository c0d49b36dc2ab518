package dev.slipway.context.ignore;

import java.util.ArrayList;
import java.util.List;

/**
 * The patterns of a {@code .dockerignore} in their order: the last one that matches decides, and an exception ({@code !})
 * takes back what earlier patterns left out. The rules are those that BuildKit goes by (moby/patternmatcher): a pattern that
 * matches a directory goes for everything below it; a line that starts with {@code #} is a comment; blanks around a pattern,
 * and slashes before and after it, do not count.
 */
public final class IgnoreRules {

    private record Rule(boolean exception, Glob glob) {}

    /** Leaves out nothing. */
    public static final IgnoreRules NONE = new IgnoreRules(List.of());

    private final List<Rule> rules;
    private final boolean exceptions;
    private final boolean plainExceptions;

    private IgnoreRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        this.exceptions = rules.stream().anyMatch(Rule::exception);
        this.plainExceptions =
                rules.stream().filter(Rule::exception).allMatch(rule -> Glob.isPlain(withoutTrailingGlob(rule.glob())));
    }

    /**
     * Reads a file's content.
     *
     * @throws IllegalArgumentException with the number of the line that is no pattern
     */
    public static IgnoreRules parse(String file) {
        List<Rule> rules = new ArrayList<>();
        String[] lines = (file.startsWith("\uFEFF") ? file.substring(1) : file).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            String pattern = line.strip();
            if (line.startsWith("#") || pattern.isEmpty()) {
                continue;
            }
            try {
                rules.add(rule(pattern));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line %d: %s".formatted(i + 1, e.getMessage()), e);
            }
        }
        return new IgnoreRules(rules);
    }

    private static Rule rule(String line) {
        boolean exception = line.startsWith("!");
        String pattern = exception ? line.substring(1).strip() : line;
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("nothing follows the '!'");
        }
        String clean = CleanPath.of(pattern);
        return new Rule(
                exception, Glob.parse(clean.length() > 1 && clean.startsWith("/") ? clean.substring(1) : clean));
    }

    /** What is known of a directory, for the decisions about what it contains. */
    public static final class Verdict {
        private final boolean ignored;
        private final boolean[] matched;

        private Verdict(boolean ignored, boolean[] matched) {
            this.ignored = ignored;
            this.matched = matched;
        }

        public boolean ignored() {
            return ignored;
        }
    }

    /** The verdict on the root of the context, which is never left out. */
    public Verdict root() {
        return new Verdict(false, new boolean[rules.size()]);
    }

    /**
     * Decides about one path.
     *
     * @param path relative to the root, with slashes
     * @param parent the verdict on the directory that it lies in
     */
    public Verdict verdict(String path, Verdict parent) {
        boolean ignored = false;
        boolean[] matched = new boolean[rules.size()];
        for (int i = 0; i < matched.length; i++) {
            Rule rule = rules.get(i);
            boolean match = parent.matched[i];
            if (!match) {
                if (rule.exception() != ignored) {
                    continue;
                }
                match = rule.glob().matches(path);
            }
            matched[i] = match;
            if (match) {
                ignored = !rule.exception();
            }
        }
        return new Verdict(ignored, matched);
    }

    /** Whether an exception can still bring back something below a directory that is left out. */
    public boolean mayContainExceptions(String ignoredDirectory) {
        if (!exceptions || !plainExceptions) {
            return exceptions;
        }
        String prefix = ignoredDirectory + "/";
        return rules.stream()
                .filter(Rule::exception)
                .anyMatch(rule -> (withoutTrailingGlob(rule.glob()) + "/").startsWith(prefix));
    }

    private static String withoutTrailingGlob(Glob glob) {
        String text = glob.text();
        String shorter = text.endsWith("/**") ? text.substring(0, text.length() - 3) : text;
        return shorter.endsWith("/*") ? shorter.substring(0, shorter.length() - 2) : shorter;
    }
}
