package dev.slipway.local.faults;

import dev.slipway.local.faults.message.Head;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a registry that speaks plain HTTP, and goes wrong where it is told to. Clients keep its own name as {@code
 * Host}, so that the locations that the registry gives them lead through it too.
 *
 * <pre>{@code
 * try (FaultyRegistry registry = FaultyRegistry.before("127.0.0.1:5000")) {
 *     registry.on(Occasion.first("PUT", "/v2/app/manifests/1\\.0"), Faults.answer(429, "Retry-After", "7"));
 *     registry.on(Occasion.each("DELETE", ".*"), Faults.answer(405));
 *     ... registry.address() ...
 * }
 * }</pre>
 *
 * Where several faults concern a request they happen in the order in which they were put in, each inside the one before.
 */
public final class FaultyRegistry implements AutoCloseable {
    private static final int BACKLOG = 512;

    private final InetSocketAddress behind;
    private final ServerSocket server;
    private final ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    private record Rule(Occasion occasion, Fault fault, AtomicInteger matched) {
        boolean applies(Exchange exchange) {
            if (!occasion.matches(exchange)) {
                return false;
            }
            int number = matched.getAndIncrement() - occasion.skipped();
            return number >= 0 && number < occasion.times();
        }
    }

    private FaultyRegistry(InetSocketAddress behind, ServerSocket server) {
        this.behind = behind;
        this.server = server;
    }

    /**
     * Starts on a free port of loopback.
     *
     * @param registry host and port of the registry behind
     */
    public static FaultyRegistry before(String registry) {
        int colon = registry.lastIndexOf(':');
        InetSocketAddress behind =
                new InetSocketAddress(registry.substring(0, colon), Integer.parseInt(registry.substring(colon + 1)));
        try {
            ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            FaultyRegistry faulty = new FaultyRegistry(behind, server);
            faulty.connections.execute(faulty::accept);
            return faulty;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stand before " + registry, e);
        }
    }

    /** As references name it. */
    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Puts a fault in. */
    public FaultyRegistry on(Occasion occasion, Fault fault) {
        rules.add(new Rule(occasion, fault, new AtomicInteger()));
        return this;
    }

    /** Takes all faults out. */
    public void heal() {
        rules.clear();
    }

    /** Requests that are over, in the order in which they ended; whatever a client has the answer of is among them. */
    public List<Seen> seen() {
        underWay.forEach(Exchange::awaitEndIfAnswered);
        return List.copyOf(seen);
    }

    /** Requests of a method to a path that are over; both are patterns. */
    public List<Seen> seen(String method, String path) {
        return seen().stream()
                .filter(request ->
                        request.method().matches(method) && request.path().matches(path))
                .toList();
    }

    @Override
    public void close() {
        closed.countDown();
        closeQuietly(server);
        open.forEach(FaultyRegistry::closeQuietly);
        connections.shutdownNow();
    }

    List<Fault> faultsOf(Exchange exchange) {
        List<Fault> faults = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.applies(exchange)) {
                faults.add(rule.fault());
            }
        }
        return faults;
    }

    Socket connect() throws IOException {
        Socket socket = new Socket();
        open.add(socket);
        socket.connect(behind);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** False where this was closed meanwhile. */
    boolean pause(Duration length) {
        try {
            return !closed.await(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket client = server.accept();
                open.add(client);
                connections.execute(() -> serve(client));
            }
        } catch (IOException e) {
            closeQuietly(server);
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = new BufferedOutputStream(client.getOutputStream());
            boolean goesOn = true;
            while (goesOn) {
                Optional<Head> head = Head.read(in);
                goesOn = head.isPresent() && serve(new Exchange(this, head.get(), client, in, out));
            }
        } catch (IOException e) {
            // one of both sides broke off, and so does the other
            closeQuietly(client);
        } finally {
            open.remove(client);
        }
    }

    private boolean serve(Exchange exchange) throws IOException {
        Instant at = Instant.now();
        underWay.add(exchange);
        try {
            exchange.proceed();
        } finally {
            seen.add(exchange.seen(at));
            underWay.remove(exchange);
            exchange.end();
        }
        return !exchange.isOver();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // there is nobody left to tell
            return;
        }
    }
}
