package dev.slipway.oci.registry.wire;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client, twice: a client sets up TLS when it is built, which takes longer than everything else about a
 * request to loopback, so the one for plain HTTP does without, and the other is built when it is needed.
 */
public final class HttpClients implements AutoCloseable {
    private final Duration connectTimeout;
    private @Nullable HttpClient plain;
    private @Nullable HttpClient tls;

    public HttpClients(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public synchronized HttpClient of(URI uri) {
        if ("http".equals(uri.getScheme())) {
            HttpClient there = plain;
            HttpClient client = there != null
                    ? there
                    : builder()
                            .sslContext(NoTls.context())
                            .sslParameters(NoTls.parameters())
                            .build();
            plain = client;
            return client;
        }
        HttpClient there = tls;
        HttpClient client = there != null ? there : builder().build();
        tls = client;
        return client;
    }

    @Override
    public synchronized void close() {
        if (plain != null) {
            plain.shutdownNow();
        }
        if (tls != null) {
            tls.shutdownNow();
        }
    }

    private HttpClient.Builder builder() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout);
    }
}
