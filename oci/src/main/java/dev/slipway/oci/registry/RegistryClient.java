package dev.slipway.oci.registry;

import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.auth.RegistryAuthorization;
import dev.slipway.oci.registry.http.HttpSettings;
import dev.slipway.oci.registry.http.Pauses;
import dev.slipway.oci.registry.http.Requests;
import dev.slipway.oci.registry.wire.HttpClients;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Registries by the distribution specification 1.1. Connections and tokens are shared by everything that one client does, so
 * a process wants one. Loopback hosts are spoken to in plain HTTP, all others by TLS.
 */
public final class RegistryClient implements AutoCloseable {
    private final RegistryOptions options;
    private final HttpClients clients;
    private final HttpSettings settings;
    private final Map<String, Requests> registries = new ConcurrentHashMap<>();

    public RegistryClient() {
        this(RegistryOptions.DEFAULT);
    }

    public RegistryClient(RegistryOptions options) {
        this(options, InstantSource.system(), Pauses.waiting());
    }

    RegistryClient(RegistryOptions options, InstantSource clock, Pauses pauses) {
        this.options = options;
        this.clients = new HttpClients(options.connectTimeout());
        this.settings = new HttpSettings(
                clients,
                options.stallTimeout(),
                options.userAgent(),
                options.headers(),
                options.retries(),
                clock,
                pauses);
    }

    /** A repository; nothing is sent yet. */
    public RegistryRepository repository(RepositoryName name) {
        Requests requests = registries.computeIfAbsent(name.registry(), this::requests);
        return new RegistryRepository(name, requests, options.observers().apply(name), options.chunkSize());
    }

    private Requests requests(String registry) {
        RegistryHost host = RegistryHost.of(registry);
        return new Requests(
                settings,
                registry,
                host.base(),
                new RegistryAuthorization(settings, registry, options.credentials(), options.tokenHosts()));
    }

    @Override
    public void close() {
        clients.close();
    }
}
