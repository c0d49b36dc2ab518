package dev.slipway.policy.input;

import dev.slipway.oci.Reference;
import java.util.List;
import java.util.Optional;

/**
 * What the request says, and no registry knows.
 *
 * @param mode {@code release} or {@code snapshot}
 * @param targets where the image shall go
 */
public record Facts(
        String tenant, String mode, Optional<String> requester, Optional<Source> source, List<Reference> targets) {
    public Facts {
        targets = List.copyOf(targets);
    }

    /**
     * Where the build context came from, by the word of who asked.
     *
     * @param ref {@code refs/heads/main}, {@code refs/tags/v1}
     */
    public record Source(Optional<String> url, Optional<String> revision, Optional<String> ref) {}
}
