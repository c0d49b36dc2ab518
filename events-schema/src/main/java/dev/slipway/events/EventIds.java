package dev.slipway.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Ids that are derived from what they name, so that every process and every retry finds the same ones. */
public final class EventIds {
    private EventIds() {}

    /** The build id of a request: 32 hex digits, from the request event's {@code ce_source} and {@code ce_id}. */
    public static String buildId(String source, String id) {
        return derive(List.of("build", source, id));
    }

    /** The CloudEvents id of a fact of a type. */
    public static String eventId(String type, Fact fact) {
        return derive(concat("event", type, fact.identity()));
    }

    /** The trace id of a request that brings none: 32 hex digits. */
    public static String traceId(String buildId) {
        return derive(List.of("trace", buildId));
    }

    /** The id of the root span of a request that brings none: 16 hex digits. */
    public static String rootSpanId(String buildId) {
        return derive(List.of("span", buildId)).substring(16);
    }

    /** The W3C {@code traceparent} of a request that brings none: sampled, with the derived root span. */
    public static String traceparent(String buildId) {
        return "00-" + traceId(buildId) + "-" + rootSpanId(buildId) + "-01";
    }

    private static List<String> concat(String kind, String type, List<String> identity) {
        List<String> parts = new java.util.ArrayList<>(List.of(kind, type));
        parts.addAll(identity);
        return parts;
    }

    /** Each part is preceded by its length, so that no two lists of parts run together to the same bytes. */
    private static String derive(List<String> parts) {
        MessageDigest sha256 = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(UTF_8);
            sha256.update((bytes.length + ":").getBytes(UTF_8));
            sha256.update(bytes);
        }
        return HexFormat.of().formatHex(sha256.digest(), 0, 16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
