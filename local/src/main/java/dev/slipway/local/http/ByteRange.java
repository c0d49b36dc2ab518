package dev.slipway.local.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a {@code Range} header asks for (RFC 9110, section 14). Several ranges at once are answered with the whole. */
public sealed interface ByteRange {
    record Whole() implements ByteRange {}

    record Unsatisfiable() implements ByteRange {}

    /** Both ends are inclusive. */
    record Part(long first, long last, long size) implements ByteRange {
        public long length() {
            return last - first + 1;
        }

        public String contentRange() {
            return "bytes %d-%d/%d".formatted(first, last, size);
        }
    }

    Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    static ByteRange of(Optional<String> header, long size) {
        Matcher matcher = SINGLE.matcher(header.orElse(""));
        if (!matcher.matches()) {
            return new Whole();
        }
        String from = matcher.group(1);
        String to = matcher.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? new Whole() : suffix(Long.parseLong(to), size);
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
        return first <= last ? new Part(first, last, size) : new Unsatisfiable();
    }

    private static ByteRange suffix(long length, long size) {
        return length == 0 || size == 0 ? new Unsatisfiable() : new Part(Math.max(0, size - length), size - 1, size);
    }
}
