package dev.slipway.manifest;

import dev.slipway.oci.Reference;
import java.util.List;
import java.util.Optional;

/** What requests of tests say to the gate. */
public final class Requests {
    public static final Gate.Asked RELEASE = new Gate.Asked(
            "acme", true, Optional.empty(), Optional.empty(), List.of(Reference.parse("ghcr.io/acme/shop:1.0")));

    private Requests() {}
}
