package dev.slipway.warmup.registry;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.warmup.verify.PublishedTags;
import java.util.Optional;

/** References in registries. */
public final class RegistryTags implements PublishedTags {
    private final RegistryClient client;

    public RegistryTags(RegistryClient client) {
        this.client = client;
    }

    @Override
    public Optional<Digest> digestOf(Reference reference) {
        String name = switch (reference) {
            case Reference.Tagged tagged -> tagged.tag();
            case Reference.Digested digested -> digested.digest().value();
        };
        return client.repository(reference.repository()).resolve(name).map(Descriptor::digest);
    }
}
