package dev.slipway.cli.process;

import dev.slipway.cli.report.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface. */
public final class Ports {
    /** Below the range from which operating systems take the ports of outgoing connections, which come at any time. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int TRIES = 1_000;

    private Ports() {}

    /**
     * Fails unless somebody could listen there now.
     *
     * @param purpose what the port is for
     * @param option the one that chooses another port
     */
    public static void requireFree(int port, String purpose, String option) {
        if (!isFree(port)) {
            throw CommandFailure.unavailable(
                    "port %d, for %s, is taken by another process: stop that one, or choose another port with %s"
                            .formatted(port, purpose, option));
        }
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ports that are free now and differ from each other. */
    public static List<Integer> free(int count) {
        Set<Integer> ports = new LinkedHashSet<>();
        for (int i = 0; i < TRIES && ports.size() < count; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw CommandFailure.unavailable(
                    "found no %d free ports between %d and %d in %d tries".formatted(count, LOWEST, HIGHEST, TRIES));
        }
        return List.copyOf(ports);
    }
}
