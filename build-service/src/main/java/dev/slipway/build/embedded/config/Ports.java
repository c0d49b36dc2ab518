package dev.slipway.build.embedded.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code EXPOSE}. */
public final class Ports {
    private static final Pattern PORT =
            Pattern.compile("(?<first>[0-9]{1,5})(?:-(?<last>[0-9]{1,5}))?(?:/(?<protocol>(?i:tcp|udp|sctp)))?");
    private static final int MAX_PORT = 65535;

    private Ports() {}

    /**
     * Reads {@code port[-last][/protocol]}.
     *
     * @return each as the config has it: {@code 8080/tcp}
     * @throws IllegalArgumentException saying what was expected
     */
    public static List<String> parse(String text) {
        Matcher matcher = PORT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no port; expected for example 8080, 8080/udp or 8000-8010".formatted(text));
        }
        int first = Integer.parseInt(matcher.group("first"));
        int last = matcher.group("last") == null ? first : Integer.parseInt(matcher.group("last"));
        if (last < first || last > MAX_PORT) {
            throw new IllegalArgumentException(
                    "'%s' is no range of ports; expected 0 to %d, the lower first".formatted(text, MAX_PORT));
        }
        String protocol = matcher.group("protocol") == null
                ? "tcp"
                : matcher.group("protocol").toLowerCase(Locale.ROOT);
        List<String> ports = new ArrayList<>();
        for (int port = first; port <= last; port++) {
            ports.add(port + "/" + protocol);
        }
        return ports;
    }
}
