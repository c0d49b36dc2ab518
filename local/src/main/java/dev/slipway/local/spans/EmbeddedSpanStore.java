package dev.slipway.local.spans;

import dev.slipway.local.files.TemporaryDirectory;
import dev.slipway.local.http.Handler;
import dev.slipway.local.http.HttpService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes spans by OTLP over HTTP ({@code POST /v1/traces}, protobuf or JSON, also gzipped), keeps the latest traces in a
 * directory, answers one of them ({@code GET /v1/traces/ID}), and passes everything on where told so.
 * <pre>
 * {"traceId": "…", "spans": [{"spanId", "parentSpanId" (empty for a root), "name", "service", "kind",
 *   "startTime", "endTime" (RFC 3339), "startTimeUnixNano", "endTimeUnixNano" (as text),
 *   "status": {"code": "UNSET|OK|ERROR", "message"}, "attributes": {…}, "links": [{"traceId", "spanId"}],
 *   "events": [{"name", "time", "attributes": {…}}]}, …]}
 * </pre>
 * ordered by start.
 */
public final class EmbeddedSpanStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedSpanStore.class);
    private static final long MOST_WAITING_BYTES = 16 * 1024 * 1024;

    private final HttpService server;
    private final SpanStore store;
    private final Forwarding forwarding;
    private final Runnable afterwards;

    private EmbeddedSpanStore(HttpService server, SpanStore store, Forwarding forwarding, Runnable afterwards) {
        this.server = server;
        this.store = store;
        this.forwarding = forwarding;
        this.afterwards = afterwards;
    }

    /**
     * Serves on 127.0.0.1.
     *
     * @param directory of the spans, made when it is not there
     * @param port 0 for a free one, which {@link #url} tells
     * @param otlp the URL of a collector that gets all spans too; being away, it delays nothing here
     * @param others answers what is not under {@code /v1/traces}
     * @throws java.net.BindException where the port is taken
     */
    public static EmbeddedSpanStore start(Path directory, int port, Optional<URI> otlp, Handler others)
            throws IOException {
        return start(directory, port, otlp, others, () -> {});
    }

    /** For tests: a free port, and an empty directory that {@link #close} deletes. */
    public static EmbeddedSpanStore startTemporary() {
        TemporaryDirectory directory = TemporaryDirectory.create("slipway-spans");
        try {
            return start(directory.path(), 0, Optional.empty(), Handler.NOTHING, directory::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedSpanStore start(
            Path directory, int port, Optional<URI> otlp, Handler others, Runnable afterwards) throws IOException {
        Optional<OtlpEndpoint> endpoint = otlp.map(OtlpEndpoint::of);
        SpanStore store = SpanStore.open(directory, Limits.STANDARD);
        Forwarding forwarding = endpoint.<Forwarding>map(to -> new BackgroundForwarding(to, MOST_WAITING_BYTES))
                .orElseGet(Forwarding::none);
        try {
            SpanApi api = new SpanApi(store, forwarding);
            HttpService server = HttpService.start(
                    new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                    request -> request.path().startsWith("/v1/traces") ? api.handle(request) : others.handle(request));
            return new EmbeddedSpanStore(server, store, forwarding, afterwards);
        } catch (IOException e) {
            forwarding.close();
            store.close();
            throw e;
        }
    }

    /** {@code http://127.0.0.1:PORT}, as OTLP exporters take it. */
    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        server.close();
        forwarding.close();
        try {
            store.close();
        } catch (IOException e) {
            LOG.warn("the files of spans were not closed", e);
        }
        afterwards.run();
    }
}
