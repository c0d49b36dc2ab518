package dev.slipway.local.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The two listeners of a combined node, bound before Kafka starts: a port that is taken is found at once, by its exception,
 * and a port that the system chose cannot be lost to another process in between.
 */
final class BoundSockets implements ServerSocketFactory, AutoCloseable {
    static final String CLIENTS = "CLIENTS";
    static final String CONTROLLER = "CONTROLLER";

    private final ServerSocketChannel clients;
    private final ServerSocketChannel controller;

    /** Binds on loopback; port 0 lets the system choose. */
    BoundSockets(int clientPort) throws IOException {
        clients = bind(clientPort);
        controller = bind(0);
    }

    private static ServerSocketChannel bind(int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            return channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 128);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    int clientPort() {
        return clients.socket().getLocalPort();
    }

    int controllerPort() {
        return controller.socket().getLocalPort();
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listener, InetSocketAddress address, int backlog, int receiveBuffer) throws IOException {
        ServerSocketChannel channel =
                Map.of(CLIENTS, clients, CONTROLLER, controller).get(listener);
        if (channel == null) {
            throw new IOException("no socket was bound for listener " + listener);
        }
        channel.configureBlocking(false);
        return channel;
    }

    @Override
    public void close() throws IOException {
        try (clients;
                controller) {
            // both are closed, also when the first fails
        }
    }
}
