package dev.slipway.local.registry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Content-Range} of a chunk (distribution-spec 1.1, "Pushing a blob in chunks").
 *
 * @param last inclusive
 */
record ChunkRange(long first, long last) {
    private static final Pattern SYNTAX = Pattern.compile("(?:bytes[ =])?(\\d{1,18})-(\\d{1,18})(?:/.*)?");

    static ChunkRange of(String header) {
        Matcher matcher = SYNTAX.matcher(header);
        if (!matcher.matches()) {
            throw new Refusal(Refusal.Code.BLOB_UPLOAD_INVALID, "not a Content-Range: '%s'".formatted(header));
        }
        ChunkRange range = new ChunkRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        if (range.length() < 0) {
            throw new Refusal(
                    Refusal.Code.BLOB_UPLOAD_INVALID, "Content-Range '%s' ends before it begins".formatted(header));
        }
        return range;
    }

    long length() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
