package dev.slipway.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.gateway.Exchange.Answer;
import dev.slipway.cli.json.Json;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The gateway. Every method blocks, and fails with a {@link GatewayFailure}. Safe for use by several threads. */
public final class Gateway {
    private static final String ACCEPT = "Accept";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String JSON = "application/json";

    private static final int LOG_SILENCE_MILLIS = 60_000;

    private final URI url;

    /** Talks to the gateway at a root URL, for example {@code http://127.0.0.1:7450}. */
    public Gateway(URI url) {
        this.url = url;
    }

    public URI url() {
        return url;
    }

    public boolean hasContext(Digest digest) {
        Exchange exchange = new Exchange(url, "HEAD", "/v1/contexts/" + digest);
        Answer answer = exchange.send(Map.of());
        return switch (answer.status()) {
            case 200, 204 -> true;
            case 404 -> false;
            default -> throw exchange.refused(answer);
        };
    }

    public void putContext(Descriptor blob, BlobSource content) {
        put(blob.digest(), Map.of(CONTENT_TYPE, "application/octet-stream"), content, blob.size());
    }

    public void putContext(Manifest manifest) {
        byte[] bytes = manifest.bytes();
        put(manifest.digest(), Map.of(CONTENT_TYPE, manifest.mediaType()), BlobSource.of(bytes), bytes.length);
    }

    private void put(Digest digest, Map<String, String> headers, BlobSource content, long size) {
        Exchange exchange = new Exchange(url, "PUT", "/v1/contexts/" + digest);
        require(exchange, exchange.send(headers, content, size));
    }

    /** Publishes an event and returns the id of the build that it asks for, once the bus has it. */
    public String submit(CloudEvent event) {
        Map<String, String> headers = new HashMap<>(event.headers());
        headers.put(CONTENT_TYPE, JSON);
        headers.put(ACCEPT, JSON);
        Exchange exchange = new Exchange(url, "POST", "/v1/events");
        Answer answer = require(exchange, exchange.send(headers, event.body()));
        return Json.read(answer.text())
                .flatMap(tree -> Json.text(tree, "buildId"))
                .orElseThrow(() -> exchange.refused(answer));
    }

    /** Opens the events of a build, or of all builds, after a position. The caller closes the stream. */
    EventSource events(Optional<String> build, boolean follow, Optional<String> lastEventId, Duration silence) {
        Map<String, String> headers = new HashMap<>(Map.of(ACCEPT, "text/event-stream"));
        lastEventId.ifPresent(id -> headers.put("Last-Event-ID", id));
        String path =
                build.map(id -> "/v1/builds/" + encoded(id) + "/events").orElse("/v1/events") + "?follow=" + follow;
        InputStream in = new Exchange(url, "GET", path).stream(headers, (int) silence.toMillis());
        return new EventSource(in);
    }

    /** The state of every build that the gateway knows. */
    public JsonNode builds() {
        return get("/v1/builds");
    }

    public JsonNode build(String id) {
        return get("/v1/builds/" + encoded(id));
    }

    /** What a platform's build has printed. The caller closes it. */
    public InputStream log(Digest artifact) {
        return new Exchange(url, "GET", "/v1/logs/" + artifact).stream(Map.of(), LOG_SILENCE_MILLIS);
    }

    /** The workers that have reported of late. */
    public JsonNode builders() {
        return get("/v1/builders");
    }

    /** Spans of a trace, as the span store answers them. */
    public JsonNode trace(String traceId) {
        return get("/v1/traces/" + encoded(traceId));
    }

    /** The latest dead letters, of one build where one is named. */
    public JsonNode deadLetters(int limit, Optional<String> build) {
        return get("/v1/dead-letters?limit=" + limit
                + build.map(id -> "&build=" + encoded(id)).orElse(""));
    }

    public JsonNode deadLetter(String id) {
        return get("/v1/dead-letters/" + encoded(id));
    }

    /** Sends a dead letter again; one that was sent before only where that is said. Returns it. */
    public JsonNode replay(String id, boolean again) {
        Exchange exchange =
                new Exchange(url, "POST", "/v1/dead-letters/%s/replay?again=%s".formatted(encoded(id), again));
        Answer answer = require(exchange, exchange.send(Map.of(ACCEPT, JSON)));
        return Json.read(answer.text()).orElseThrow(() -> exchange.refused(answer));
    }

    /** Hands over spans in OTLP's JSON form. */
    public void exportSpans(byte[] otlpJson) {
        Exchange exchange = new Exchange(url, "POST", "/v1/traces");
        require(exchange, exchange.send(Map.of(CONTENT_TYPE, JSON), otlpJson));
    }

    private JsonNode get(String path) {
        Exchange exchange = new Exchange(url, "GET", path);
        Answer answer = require(exchange, exchange.send(Map.of(ACCEPT, JSON)));
        return Json.read(answer.text()).orElseThrow(() -> exchange.refused(answer));
    }

    private static Answer require(Exchange exchange, Answer answer) {
        if (answer.status() < 200 || answer.status() > 299) {
            throw exchange.refused(answer);
        }
        return answer;
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8);
    }
}
