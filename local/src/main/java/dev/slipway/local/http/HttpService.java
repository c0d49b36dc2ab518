package dev.slipway.local.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running HTTP/1.1 server over one handler. */
public final class HttpService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);
    private static final int BACKLOG = 512;
    private static final int PLATFORM_THREADS = 8;
    private static final int HEADER_BYTES = 16 * 1024;
    private static final int INPUT_BUFFER = 128 * 1024;
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final Server server;
    private final ServerConnector connector;
    private final ExecutorService handlers;

    private HttpService(Server server, ServerConnector connector, ExecutorService handlers) {
        this.server = server;
        this.connector = connector;
        this.handlers = handlers;
    }

    /**
     * Serves at once.
     *
     * @param address with port 0 for a free one, which {@link #port} tells
     * @throws java.net.BindException where the port is taken
     */
    public static HttpService start(InetSocketAddress address, Handler handler) throws IOException {
        ServerSocketChannel socket = bind(address);
        ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
        QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS, 1);
        threads.setVirtualThreadsExecutor(handlers);
        threads.setDaemon(true);
        threads.setName("http-" + socket.socket().getLocalPort());
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1, protocol());
        connector.setIdleTimeout(IDLE.toMillis());
        connector.open(socket);
        server.addConnector(connector);
        server.setHandler(new HandlerBridge(handler));
        HttpService service = new HttpService(server, connector, handlers);
        try {
            server.start();
            return service;
        } catch (Exception e) {
            service.close();
            socket.close();
            throw new IOException("cannot serve HTTP on %s: %s".formatted(address, e.getMessage()), e);
        }
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Open connections are closed, whatever they are doing. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("the HTTP server did not stop", e);
        }
        handlers.shutdownNow();
    }

    private static ServerSocketChannel bind(InetSocketAddress address) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            return socket.bind(address, BACKLOG);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static HttpConnectionFactory protocol() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(HEADER_BYTES);
        HttpConnectionFactory protocol = new HttpConnectionFactory(configuration);
        protocol.setInputBufferSize(INPUT_BUFFER);
        return protocol;
    }
}
