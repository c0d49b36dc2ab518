package dev.slipway.cli.options;

import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.stack.StackOptions;
import dev.slipway.oci.RepositoryName;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Options of more than one command, refused before anything is started. */
public final class Checked {
    private static final int HIGHEST_PORT = 65_535;

    private Checked() {}

    public static StackOptions stackOptions(StackOptions options) {
        Map<Integer, String> uses = new HashMap<>();
        if (options.kafka().isEmpty()) {
            claim(uses, options.kafkaPort(), "--kafka-port");
        }
        options.registryPorts().forEach(port -> claim(uses, port, "--registry-port"));
        claim(uses, options.gatewayPort(), "--gateway-port");
        claim(uses, options.spansPort(), "--spans-port");
        options.kafka().ifPresent(Checked::hostAndPort);
        options.staging().ifPresent(Checked::repository);
        options.otlp().ifPresent(url -> httpUrl("--otlp", url));
        return options;
    }

    public static URI httpUrl(String option, String text) {
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below, in the same words for every bad URL.
        }
        throw CommandFailure.usage("%s: not an http or https URL: '%s'".formatted(option, text));
    }

    /** A value read from an option's text, with the option's name in front of what is wrong with it. */
    public static <T> T option(String option, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(option + ": " + e.getMessage());
        }
    }

    private static void claim(Map<Integer, String> uses, int port, String option) {
        if (port < 1 || port > HIGHEST_PORT) {
            throw CommandFailure.usage("%s: not a port: %d".formatted(option, port));
        }
        String other = uses.put(port, option);
        if (other != null) {
            throw CommandFailure.usage("%s and %s cannot both be %d".formatted(other, option, port));
        }
    }

    private static void hostAndPort(String text) {
        if (!text.matches("[^\\s:/]+:[0-9]{1,5}(,[^\\s:/]+:[0-9]{1,5})*")) {
            throw CommandFailure.usage("--kafka: not HOST:PORT: '%s'".formatted(text));
        }
    }

    private static void repository(String text) {
        int slash = text.indexOf('/');
        try {
            RepositoryName name =
                    new RepositoryName(slash < 0 ? "" : text.substring(0, slash), text.substring(slash + 1));
            if (!name.registry().matches("[a-zA-Z0-9.-]+(:[0-9]{1,5})?")) {
                throw new IllegalArgumentException("not a registry: '%s'".formatted(name.registry()));
            }
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(
                    "--staging: wanted is REGISTRY/PATH without a tag, and '%s' is %s".formatted(text, e.getMessage()));
        }
    }
}
