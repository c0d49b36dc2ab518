package dev.slipway.push.registry;

import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.push.TargetRegistries;
import dev.slipway.push.TargetRegistry;
import dev.slipway.push.work.Pauses;

/** All registries that a client reaches. */
public final class OciRegistries implements TargetRegistries {
    private final RegistryClient client;
    private final HostLimits limits;
    private final SubjectLocks locks = new SubjectLocks();
    private final Pauses pauses;

    /**
     * Registries behind a client.
     *
     * @param requestsAtOnce to one registry
     * @param uploadsAtOnce to one registry
     */
    public OciRegistries(RegistryClient client, int requestsAtOnce, int uploadsAtOnce, Pauses pauses) {
        this.client = client;
        this.limits = new HostLimits(requestsAtOnce, uploadsAtOnce);
        this.pauses = pauses;
    }

    @Override
    public TargetRegistry open(RepositoryName repository) {
        TrafficCount count = new TrafficCount();
        return new OciTarget(client.repository(repository).observedBy(count), count, limits, locks, pauses);
    }
}
