package dev.slipway.oci.registry.wire;

import dev.slipway.oci.registry.access.RegistryAccess;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client, twice: a client sets up TLS when it is built, which takes longer than everything else about a
 * request to loopback, so the one for plain HTTP does without, and the other is built when it is needed.
 */
public final class HttpClients implements AutoCloseable {
    /** With the JDK's 16 KiB an answer of 512 MB costs a third more processor time. Small answers share such a buffer. */
    private static final String BUFFER_BYTES = Integer.toString(256 * 1024);

    static {
        if (System.getProperty("jdk.httpclient.bufsize") == null) {
            System.setProperty("jdk.httpclient.bufsize", BUFFER_BYTES);
        }
    }

    private final Duration connectTimeout;
    private final RegistryAccess access;
    private @Nullable HttpClient plain;
    private @Nullable HttpClient tls;

    public HttpClients(Duration connectTimeout, RegistryAccess access) {
        this.connectTimeout = connectTimeout;
        this.access = access;
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
        HttpClient client = there != null ? there : secured(builder()).build();
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

    private HttpClient.Builder secured(HttpClient.Builder builder) {
        return access.hasCertificates() ? builder.sslContext(Tls.context(access)) : builder;
    }

    private HttpClient.Builder builder() {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout);
        access.proxy()
                .ifPresent(proxy -> builder.proxy(
                        ProxySelector.of(InetSocketAddress.createUnresolved(proxy.host(), proxy.port()))));
        return builder;
    }
}
