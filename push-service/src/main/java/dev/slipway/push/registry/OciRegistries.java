package dev.slipway.push.registry;

import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.push.TargetRegistries;
import dev.slipway.push.TargetRegistry;
import dev.slipway.push.work.Pauses;
import java.util.Set;

/** All registries that a client reaches. */
public final class OciRegistries implements TargetRegistries {
    private final RegistryClient client;
    private final HostLimits limits;
    private final SubjectLocks locks = new SubjectLocks();
    private final Pauses pauses;
    private final Set<String> collecting;

    /**
     * Registries behind a client.
     *
     * @param requestsAtOnce to one registry
     * @param uploadsAtOnce to one registry
     * @param collecting registries that collect what no tag names
     */
    public OciRegistries(
            RegistryClient client, int requestsAtOnce, int uploadsAtOnce, Pauses pauses, Set<String> collecting) {
        this.client = client;
        this.limits = new HostLimits(requestsAtOnce, uploadsAtOnce);
        this.pauses = pauses;
        this.collecting = Set.copyOf(collecting);
    }

    @Override
    public TargetRegistry open(RepositoryName repository) {
        TrafficCount count = new TrafficCount();
        return new OciTarget(
                client.repository(repository).observedBy(count),
                count,
                limits,
                locks,
                pauses,
                collecting.contains(repository.registry()));
    }
}
