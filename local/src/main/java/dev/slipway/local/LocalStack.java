package dev.slipway.local;

import dev.slipway.local.http.Answer;
import dev.slipway.local.http.Request;
import dev.slipway.local.kafka.EmbeddedKafka;
import dev.slipway.local.kafka.TopicDeclaration;
import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.local.spans.EmbeddedSpanStore;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that was asked for, started at once; what runs is closed when one part cannot be started. */
final class LocalStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalStack.class);
    private static final String BROKER = "the Kafka broker (--kafka-port)";
    private static final String SPANS = "the span store (--spans-port)";
    private static final String REGISTRY = "a registry (--registry)";

    private final LocalOptions options;
    private final ConcurrentLinkedDeque<AutoCloseable> running = new ConcurrentLinkedDeque<>();
    private volatile Optional<Endpoints> ready = Optional.empty();

    private LocalStack(LocalOptions options) {
        this.options = options;
    }

    /** Returns when all is ready. Throws {@link PortTakenException}, or what else kept a part from starting. */
    static LocalStack start(LocalOptions options) throws IOException, InterruptedException {
        refuseTakenPorts(options);
        LocalStack stack = new LocalStack(options);
        try {
            stack.startAll();
            return stack;
        } catch (IOException | RuntimeException | InterruptedException e) {
            stack.close();
            throw e;
        }
    }

    Endpoints endpoints() {
        return ready.orElseThrow();
    }

    @Override
    public void close() {
        ready = Optional.empty();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            running.forEach(part -> threads.execute(() -> close(part)));
        }
    }

    /** Before anything is started: a broker takes seconds to start and more to be stopped again. */
    private static void refuseTakenPorts(LocalOptions options) throws IOException {
        if (options.kafka() instanceof LocalOptions.Kafka.Embedded embedded) {
            bound(embedded.port(), BROKER, () -> tried("127.0.0.1", embedded.port()));
        }
        bound(options.spansPort(), SPANS, () -> tried("127.0.0.1", options.spansPort()));
        for (LocalOptions.Registry registry : options.registries()) {
            bound(registry.port(), REGISTRY, () -> tried(options.bind(), registry.port()));
        }
    }

    private static int tried(String host, int port) throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open()) {
            return socket.bind(new InetSocketAddress(InetAddress.getByName(host), port))
                    .socket()
                    .getLocalPort();
        }
    }

    private void startAll() throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // first, so that whoever waits can ask
            Future<String> spans = threads.submit(this::startSpans);
            Future<String> kafka = threads.submit(this::startKafka);
            List<Future<String>> registries = new ArrayList<>();
            for (LocalOptions.Registry registry : options.registries()) {
                registries.add(threads.submit(() -> startRegistry(registry)));
            }
            List<String> addresses = new ArrayList<>();
            for (Future<String> registry : registries) {
                addresses.add(result(registry));
            }
            String spansUrl = result(spans);
            ready = Optional.of(new Endpoints(result(kafka), addresses, spansUrl));
        }
    }

    private String startSpans() throws IOException {
        EmbeddedSpanStore spans = bound(
                options.spansPort(),
                SPANS,
                () -> EmbeddedSpanStore.start(
                        options.data().resolve("spans"), options.spansPort(), options.otlp(), this::health));
        running.add(spans);
        return spans.url();
    }

    private String startRegistry(LocalOptions.Registry wanted) throws IOException {
        EmbeddedRegistry registry = bound(
                wanted.port(),
                REGISTRY,
                () -> EmbeddedRegistry.start(
                        options.data().resolve(wanted.subdirectory()),
                        new InetSocketAddress(InetAddress.getByName(options.bind()), wanted.port())));
        running.add(registry);
        return registry.address();
    }

    private String startKafka() throws IOException {
        TopicDeclaration topics = new TopicDeclaration(options.partitions(), options.tenants());
        return switch (options.kafka()) {
            case LocalOptions.Kafka.External external -> {
                topics.declareOn(external.bootstrapServers(), external.properties());
                yield external.bootstrapServers();
            }
            case LocalOptions.Kafka.Embedded embedded -> {
                String started = startBroker(embedded.port());
                topics.declareOn(started);
                yield started;
            }
        };
    }

    private String startBroker(int port) throws IOException {
        EmbeddedKafka kafka =
                bound(port, BROKER, () -> EmbeddedKafka.start(options.data().resolve("kafka"), port));
        running.add(kafka);
        return kafka.bootstrapServers();
    }

    private Answer health(Request request) {
        if (!request.path().equals("/health")) {
            return Answer.of(404);
        }
        return ready.map(endpoints -> Answer.json(200, endpoints.json()))
                .orElseGet(() -> Answer.json(503, "{\"status\":\"starting\"}"));
    }

    private static <T> T bound(int port, String purpose, Callable<T> start) throws IOException {
        try {
            return start.call();
        } catch (BindException e) {
            throw new PortTakenException(port, purpose, e);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static <T> T result(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case null, default -> throw new IOException(e);
            }
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} did not close", part.getClass().getSimpleName(), e);
        }
    }
}
