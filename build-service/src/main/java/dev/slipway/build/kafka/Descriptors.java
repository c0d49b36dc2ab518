package dev.slipway.build.kafka;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;

/** Between descriptors of the contract and those of the image specification. */
public final class Descriptors {
    private Descriptors() {}

    public static Descriptor toOci(dev.slipway.events.model.Descriptor descriptor) {
        return new Descriptor(
                descriptor.mediaType(),
                new Digest(descriptor.digest()),
                descriptor.size(),
                null,
                descriptor.artifactType(),
                descriptor.annotations());
    }

    public static dev.slipway.events.model.Descriptor toEvent(Descriptor descriptor) {
        return new dev.slipway.events.model.Descriptor(
                descriptor.mediaType(),
                descriptor.digest().value(),
                descriptor.size(),
                descriptor.artifactType(),
                descriptor.annotations());
    }
}
