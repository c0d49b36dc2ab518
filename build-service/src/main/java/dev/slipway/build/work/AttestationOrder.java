package dev.slipway.build.work;

import java.util.Optional;

/**
 * What is to be stated about an image.
 *
 * @param sbom whether what is in it
 * @param provenance how it came to be, where that is wanted
 */
public record AttestationOrder(boolean sbom, Optional<Provenance> provenance) {
    public static final AttestationOrder NOTHING = new AttestationOrder(false, Optional.empty());

    /**
     * What provenance says beside what the task does.
     *
     * @param request all of it, as JSON
     * @param tenant whose request it is
     * @param builder the driver
     * @param mode of the request: {@code release}
     */
    public record Provenance(String request, String tenant, String builder, String mode) {}
}
