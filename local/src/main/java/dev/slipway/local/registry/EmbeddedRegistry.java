package dev.slipway.local.registry;

import dev.slipway.local.files.TemporaryDirectory;
import dev.slipway.local.http.HttpService;
import dev.slipway.local.registry.store.RegistryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;

/**
 * An OCI registry that serves distribution-spec 1.1 from a directory: pull, push, mount, tags, referrers, deletion; no
 * authentication. What was acknowledged survives {@code kill -9}, what was not is not to be seen.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private final HttpService server;
    private final String host;
    private final Runnable afterwards;

    private EmbeddedRegistry(HttpService server, String host, Runnable afterwards) {
        this.server = server;
        this.host = host;
        this.afterwards = afterwards;
    }

    /**
     * Serves on 127.0.0.1.
     *
     * @param directory of this registry's data, made when it is not there
     * @param port 0 for a free one, which {@link #address} tells
     * @throws java.net.BindException where the port is taken
     */
    public static EmbeddedRegistry start(Path directory, int port) throws IOException {
        return start(directory, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    }

    /** The same where others than this machine may reach it, if the address is of that kind. Everybody may do everything. */
    public static EmbeddedRegistry start(Path directory, InetSocketAddress address) throws IOException {
        return start(directory, address, () -> {});
    }

    /** For tests: a free port, and an empty directory that {@link #close} deletes. */
    public static EmbeddedRegistry startTemporary() {
        TemporaryDirectory directory = TemporaryDirectory.create("slipway-registry");
        try {
            return start(
                    directory.path(), new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), directory::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedRegistry start(Path directory, InetSocketAddress address, Runnable afterwards)
            throws IOException {
        RegistryStore store = RegistryStore.open(directory, Clock.systemUTC());
        HttpService server = HttpService.start(address, new RegistryApi(store));
        return new EmbeddedRegistry(server, address.getAddress().getHostAddress(), afterwards);
    }

    /** As it stands at the start of a reference: {@code 127.0.0.1:5000}. */
    public String address() {
        return host + ":" + server.port();
    }

    @Override
    public void close() {
        server.close();
        afterwards.run();
    }
}
