package dev.slipway.sbom.license;

import dev.slipway.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * An expression of SPDX (2.3, annex D), whatever words it was written in.
 *
 * @param text the expression; {@code NOASSERTION} where nothing was declared
 * @param references what each {@code LicenseRef-} in it stands for
 */
public record LicenseExpression(String text, Map<String, String> references) {
    public static final LicenseExpression NONE = new LicenseExpression("NOASSERTION", Map.of());

    private static final Pattern TOKENS = Pattern.compile("\\s+|(?<=[()])|(?=[()])");
    private static final int LONGEST = 300;
    private static final int MOST_WORDS = 6;

    public LicenseExpression {
        references = Map.copyOf(references);
    }

    /** All that a package declares: all of it counts. */
    public static LicenseExpression of(List<String> declared) {
        Map<String, String> references = new LinkedHashMap<>();
        Set<String> all = new LinkedHashSet<>();
        declared.forEach(text -> all.add(one(text.strip(), references)));
        all.remove("");
        return switch (all.size()) {
            case 0 -> NONE;
            case 1 -> new LicenseExpression(all.iterator().next(), references);
            default ->
                new LicenseExpression(
                        String.join(
                                " AND ",
                                all.stream()
                                        .map(text -> text.contains(" OR ") ? "(" + text + ")" : text)
                                        .toList()),
                        references);
        };
    }

    private static String one(String text, Map<String, String> references) {
        if (text.isEmpty()) {
            return "";
        }
        Optional<String> known = LicenseNames.license(text);
        if (known.isPresent()) {
            return known.get();
        }
        Map<String, String> found = new LinkedHashMap<>();
        Optional<String> parsed =
                text.length() > LONGEST ? Optional.empty() : new Parser(List.of(TOKENS.split(text, -1)), found).parse();
        if (parsed.isPresent()) {
            references.putAll(found);
            return parsed.get();
        }
        return reference(text, references);
    }

    /** The same text has the same name in every document. */
    private static String reference(String text, Map<String, String> references) {
        String plain = text.replaceAll("[^A-Za-z0-9.]+", "-").replaceAll("^-+|-+$", "");
        String name = plain.equals(text)
                ? plain
                : (plain.length() > 40 ? plain.substring(0, 40) : plain) + "-"
                        + Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 8);
        String id = "LicenseRef-" + name.replaceAll("^-+", "");
        references.put(id, text);
        return id;
    }

    /** Operators in any case, and between them names of some words. */
    private static final class Parser {
        private final List<String> tokens;
        private final Map<String, String> references;
        private int at;

        Parser(List<String> tokens, Map<String, String> references) {
            this.tokens = tokens.stream().filter(token -> !token.isEmpty()).toList();
            this.references = references;
        }

        /** Empty where it is no expression. */
        Optional<String> parse() {
            Optional<String> all = alternatives();
            return at == tokens.size() ? all : Optional.empty();
        }

        private Optional<String> alternatives() {
            return joined("or", "OR", () -> joined("and", "AND", this::operand));
        }

        private Optional<String> joined(String word, String operator, Supplier<Optional<String>> part) {
            List<String> parts = new ArrayList<>();
            do {
                Optional<String> next = part.get();
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                parts.add(next.get());
            } while (take(word));
            return Optional.of(String.join(" " + operator + " ", parts));
        }

        private Optional<String> operand() {
            if (take("(")) {
                Optional<String> inner = alternatives();
                return inner.isPresent() && take(")") ? inner.map(text -> "(" + text + ")") : Optional.empty();
            }
            String name = words();
            if (name.isEmpty()) {
                return Optional.empty();
            }
            if (!take("with")) {
                return Optional.of(LicenseNames.license(name).orElseGet(() -> reference(name, references)));
            }
            String exception = words();
            Optional<String> license = LicenseNames.license(name);
            Optional<String> known = LicenseNames.exception(exception);
            return exception.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            license.isPresent() && known.isPresent()
                                    ? license.get() + " WITH " + known.get()
                                    : reference(name + " with " + exception, references));
        }

        private String words() {
            List<String> words = new ArrayList<>();
            while (at < tokens.size()
                    && !Set.of("and", "or", "with", "(", ")")
                            .contains(tokens.get(at).toLowerCase(Locale.ROOT))) {
                words.add(tokens.get(at++));
            }
            return words.size() > MOST_WORDS ? "" : String.join(" ", words);
        }

        private boolean take(String word) {
            boolean there = at < tokens.size() && tokens.get(at).equalsIgnoreCase(word);
            at += there ? 1 : 0;
            return there;
        }
    }
}
