package dev.slipway.gateway.builds;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.oci.Digest;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How far a reader has come in the log: for each partition it has seen, the offset that comes next. Its text is opaque to
 * clients, and means the same to every gateway that reads the same log.
 */
public final class LogPosition {
    /** Nothing was read yet. */
    public static final LogPosition START = new LogPosition(new TreeMap<>());

    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9_-]{6}\\.\\d{1,9}\\.\\d{1,18}(~|$))*");

    private final Map<String, Long> next;

    private LogPosition(Map<String, Long> next) {
        this.next = next;
    }

    /** A partition of a topic. */
    public record Partition(String topic, int number) {
        /** Short, and the same in every process. */
        String token() {
            byte[] hash = Digest.newSha256().digest(topic.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 6) + "." + number;
        }
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException quoting what is no position
     */
    public static LogPosition parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("not a position in the log: '%s'".formatted(text));
        }
        Map<String, Long> next = new TreeMap<>();
        for (String entry : text.isEmpty() ? new String[0] : text.split("~", -1)) {
            int dot = entry.lastIndexOf('.');
            next.put(entry.substring(0, dot), Long.parseLong(entry.substring(dot + 1)));
        }
        return new LogPosition(next);
    }

    /** Whether a record lies before this position. */
    public boolean covers(Partition partition, long offset) {
        return offset < next(partition);
    }

    /** The offset that comes next in a partition. */
    public long next(Partition partition) {
        return next.getOrDefault(partition.token(), 0L);
    }

    /** The position behind a record. */
    public LogPosition after(Partition partition, long offset) {
        Map<String, Long> further = new TreeMap<>(next);
        further.merge(partition.token(), offset + 1, Math::max);
        return new LogPosition(further);
    }

    /** Letters, digits and {@code .-_~} only. */
    public String text() {
        StringBuilder text = new StringBuilder();
        next.forEach((token, offset) ->
                text.append(text.isEmpty() ? "" : "~").append(token).append('.').append(offset));
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogPosition that && next.equals(that.next);
    }

    @Override
    public int hashCode() {
        return next.hashCode();
    }

    @Override
    public String toString() {
        return Collections.unmodifiableMap(next).toString();
    }
}
