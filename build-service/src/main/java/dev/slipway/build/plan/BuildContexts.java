package dev.slipway.build.plan;

import dev.slipway.oci.Descriptor;

/** Where build contexts lie. */
@FunctionalInterface
public interface BuildContexts {

    /**
     * One file of a context.
     *
     * @param path relative to the context's root
     * @throws dev.slipway.build.BuildException {@code CONTEXT_UNAVAILABLE} naming the digest and the registry, {@code
     *     CONTEXT_INVALID}, or {@code DOCKERFILE_MISSING} naming the path
     * @throws dev.slipway.oci.StoreException where the registry cannot be used
     */
    byte[] dockerfile(Descriptor context, String path);
}
