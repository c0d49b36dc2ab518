package dev.slipway.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * Warnings and errors go to standard error. Not those of Kafka's parts that speak of every normal start: the controller's
 * requests begin before it has elected itself, and its activation is a warning.
 */
final class Logs {
    private static final String CONFIGURATION = """
            handlers = java.util.logging.ConsoleHandler
            .level = WARNING
            java.util.logging.SimpleFormatter.format = %1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n
            org.apache.kafka.controller.QuorumController.level = SEVERE
            kafka.server.ControllerApis.level = OFF
            org.apache.kafka.clients.NetworkClient.level = SEVERE
            """;

    private Logs() {}

    static void configure() {
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
