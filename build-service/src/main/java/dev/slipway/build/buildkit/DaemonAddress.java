package dev.slipway.build.buildkit;

import dev.slipway.oci.registry.wire.Loopback;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a daemon listens.
 *
 * @param address as {@code buildctl --addr} takes it
 * @param tls for TCP; both sides prove who they are
 */
public record DaemonAddress(String address, Optional<Tls> tls) {

    /** Files in PEM form: the authority of the daemon's certificate, and the client's own certificate and key. */
    public record Tls(Path authority, Path certificate, Path key) {}

    public DaemonAddress {
        URI uri = URI.create(address);
        boolean tcp = "tcp".equals(uri.getScheme());
        if (!tcp && !"unix".equals(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "not an address of a BuildKit daemon: '%s'; expected unix:///path or tcp://host:port"
                            .formatted(address));
        }
        if (tcp && (uri.getHost() == null || uri.getPort() < 0)) {
            throw new IllegalArgumentException("'%s' names no host and port".formatted(address));
        }
        if (tcp && tls.isEmpty() && !Loopback.is(uri.getHost())) {
            throw new IllegalArgumentException(
                    "'%s' is on another machine: whoever reaches a BuildKit daemon owns its machine, so certificates for TLS must be configured"
                            .formatted(address));
        }
    }

    List<String> options() {
        List<String> options = new ArrayList<>(List.of("--addr=" + address));
        tls.ifPresent(files -> options.addAll(List.of(
                "--tlscacert=" + files.authority(), "--tlscert=" + files.certificate(), "--tlskey=" + files.key())));
        return options;
    }

    @Override
    public String toString() {
        return address;
    }
}
