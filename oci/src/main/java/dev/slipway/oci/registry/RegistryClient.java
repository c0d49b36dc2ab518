package dev.slipway.oci.registry;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.access.RegistryAccess;
import dev.slipway.oci.registry.auth.RegistryAuthorization;
import dev.slipway.oci.registry.http.HttpSettings;
import dev.slipway.oci.registry.http.Pace;
import dev.slipway.oci.registry.http.Pauses;
import dev.slipway.oci.registry.http.Requests;
import dev.slipway.oci.registry.http.RetryLimits;
import dev.slipway.oci.registry.wire.HttpClients;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Registries by the distribution specification 1.1. Connections and tokens are shared by everything that one client does, so
 * a process wants one. Loopback hosts without certificates of their own are
 * spoken to in plain HTTP, all others by TLS.
 */
public final class RegistryClient implements AutoCloseable {
    /** There is somewhere else to go, so a mirror is not waited for. */
    private static final RetryLimits MIRROR_RETRIES =
            new RetryLimits(2, Duration.ofMillis(100), Duration.ofMillis(100), Duration.ZERO);

    private final RegistryOptions options;
    private final InstantSource clock;
    private final Pauses pauses;
    private final HttpClients shared;
    private final Queue<HttpClients> own = new ConcurrentLinkedQueue<>();
    private final Map<String, Requests> mirrors = new ConcurrentHashMap<>();
    private final Map<String, Rest> rests = new ConcurrentHashMap<>();
    private final Map<String, Requests> registries = new ConcurrentHashMap<>();

    public RegistryClient() {
        this(RegistryOptions.DEFAULT);
    }

    public RegistryClient(RegistryOptions options) {
        this(options, InstantSource.system(), Pauses.waiting());
    }

    RegistryClient(RegistryOptions options, InstantSource clock, Pauses pauses) {
        this.options = options;
        this.clock = clock;
        this.pauses = pauses;
        this.shared = new HttpClients(options.connectTimeout(), RegistryAccess.PLAIN);
    }

    /** A repository; nothing is sent yet. */
    public RegistryRepository repository(RepositoryName name) {
        Requests requests =
                registries.computeIfAbsent(name.registry(), registry -> requests(registry, options.retries()));
        return new RegistryRepository(name, requests, options.observers().apply(name), options.chunkSize());
    }

    /** A repository to read from: mirrors of its registry are asked first. Nothing is sent yet. */
    public ContentStore pulling(RepositoryName name) {
        RegistryRepository origin = repository(name);
        List<MirroredRepository.Mirror> copies = options.access().apply(name.registry()).mirrors().stream()
                .map(mirror -> mirror(mirror.of(name.path())))
                .toList();
        return copies.isEmpty() ? origin : new MirroredRepository(origin, copies);
    }

    private MirroredRepository.Mirror mirror(RepositoryName name) {
        Requests requests = mirrors.computeIfAbsent(name.registry(), registry -> requests(registry, MIRROR_RETRIES));
        return new MirroredRepository.Mirror(
                new RegistryRepository(name, requests, options.observers().apply(name), options.chunkSize()),
                rests.computeIfAbsent(name.registry(), registry -> new Rest(clock)));
    }

    private Requests requests(String registry, RetryLimits retries) {
        RegistryAccess access = options.access().apply(registry);
        RegistryHost host = RegistryHost.of(registry, access);
        HttpSettings settings = settings(access, retries);
        return new Requests(
                settings,
                registry,
                host.base(),
                new RegistryAuthorization(settings, registry, options.credentials(), options.tokenHosts()));
    }

    private HttpSettings settings(RegistryAccess access, RetryLimits retries) {
        HttpClients clients = shared;
        if (access.hasOwnConnections()) {
            clients = new HttpClients(options.connectTimeout(), access);
            own.add(clients);
        }
        return new HttpSettings(
                clients,
                options.stallTimeout(),
                options.userAgent(),
                options.headers(),
                retries,
                options.retryObserver(),
                clock,
                pauses,
                new Pace(access.requestsPerSecond(), access.bytesPerSecond(), clock, pauses));
    }

    @Override
    public void close() {
        shared.close();
        own.forEach(HttpClients::close);
    }
}
