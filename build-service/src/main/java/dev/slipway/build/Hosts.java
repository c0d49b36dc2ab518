package dev.slipway.build;

import dev.slipway.oci.Platform;
import java.util.List;

/**
 * Platforms whose programs a builder can run.
 *
 * @param emulated slower ones
 */
public record Hosts(List<Platform> natively, List<Platform> emulated) {
    /** For builders that run nothing, so that every platform is the same to them. */
    public static final Hosts NONE = new Hosts(List.of(), List.of());

    public Hosts {
        natively = List.copyOf(natively);
        emulated = List.copyOf(emulated);
    }
}
