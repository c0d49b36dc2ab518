package dev.slipway.push.access;

import dev.slipway.oci.Reference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tags by name: {@code REPOSITORY} for all its tags, or {@code REPOSITORY:TAG}. In both, {@code *} stands for any characters but a
 * slash, and {@code **} for any at all. The repository begins with its registry.
 */
public final class TagPattern {
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._:/*\\[\\]-]+");
    private static final Pattern WILDCARD = Pattern.compile("\\*\\*?");

    private final String text;
    private final Pattern repository;
    private final Pattern tag;

    /**
     * Parses it.
     *
     * @throws IllegalArgumentException quoting the text
     */
    public TagPattern(String text) {
        if (!SYNTAX.matcher(text).matches()) {
            throw new IllegalArgumentException("not a pattern of tags: '%s'".formatted(text));
        }
        int colon = text.lastIndexOf(':');
        boolean tagged = colon > text.lastIndexOf('/');
        this.text = text;
        this.repository = pattern(tagged ? text.substring(0, colon) : text);
        this.tag = pattern(tagged ? text.substring(colon + 1) : "**");
    }

    public boolean matches(Reference.Tagged reference) {
        return repository.matcher(reference.repository().toString()).matches()
                && tag.matcher(reference.tag()).matches();
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        Matcher wildcards = WILDCARD.matcher(glob);
        int end = 0;
        while (wildcards.find()) {
            regex.append(Pattern.quote(glob.substring(end, wildcards.start())))
                    .append(wildcards.group().equals("**") ? ".*" : "[^/]*");
            end = wildcards.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(glob.substring(end))).toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
