package dev.slipway.oci.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * How a container's health is asked, Docker's extension of the image config.
 *
 * @param test {@code [NONE]}, {@code [CMD, …]} or {@code [CMD-SHELL, command]}; empty inherits
 * @param interval zero inherits, as for every duration here
 * @param retries zero inherits
 */
public record Healthcheck(
        List<String> test,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        Duration startInterval,
        int retries) {

    public Healthcheck {
        test = List.copyOf(test);
    }

    static Healthcheck read(String what, ObjectNode node) {
        return new Healthcheck(
                Json.texts(what, node, "Test"),
                Duration.ofNanos(Json.optionalLong(what, node, "Interval")),
                Duration.ofNanos(Json.optionalLong(what, node, "Timeout")),
                Duration.ofNanos(Json.optionalLong(what, node, "StartPeriod")),
                Duration.ofNanos(Json.optionalLong(what, node, "StartInterval")),
                Math.toIntExact(Json.optionalLong(what, node, "Retries")));
    }

    ObjectNode toNode() {
        ObjectNode node = Json.object();
        Json.put(node, "Test", test);
        put(node, "Interval", interval.toNanos());
        put(node, "Timeout", timeout.toNanos());
        put(node, "StartPeriod", startPeriod.toNanos());
        put(node, "StartInterval", startInterval.toNanos());
        put(node, "Retries", retries);
        return node;
    }

    private static void put(ObjectNode node, String field, long value) {
        if (value != 0) {
            node.put(field, value);
        }
    }
}
