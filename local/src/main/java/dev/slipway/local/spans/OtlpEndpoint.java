package dev.slipway.local.spans;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** A collector that takes OTLP over HTTP. */
record OtlpEndpoint(URI url) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** OTLP 1.x, "Retryable Response Codes". */
    private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);

    enum Outcome {
        TAKEN,
        REFUSED,
        UNAVAILABLE
    }

    /** By the URL of a collector, to which the protocol's path is added, or of its {@code /v1/traces}. */
    static OtlpEndpoint of(URI collector) {
        String scheme = collector.getScheme();
        if (collector.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("not the http(s) URL of an OTLP endpoint: '%s'".formatted(collector));
        }
        String text = collector.toString();
        return text.endsWith("/v1/traces")
                ? new OtlpEndpoint(collector)
                : new OtlpEndpoint(URI.create(text.replaceAll("/+$", "") + "/v1/traces"));
    }

    Outcome send(Export export) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setConnectTimeout(Math.toIntExact(TIMEOUT.toMillis()));
            connection.setReadTimeout(Math.toIntExact(TIMEOUT.toMillis()));
            connection.setFixedLengthStreamingMode(export.length());
            connection.setRequestProperty("Content-Type", export.contentType());
            try (OutputStream out = connection.getOutputStream()) {
                export.writeTo(out);
            }
            int status = connection.getResponseCode();
            connection.disconnect();
            if (status / 100 == 2) {
                return Outcome.TAKEN;
            }
            return RETRYABLE.contains(status) ? Outcome.UNAVAILABLE : Outcome.REFUSED;
        } catch (IOException e) {
            return Outcome.UNAVAILABLE;
        }
    }
}
