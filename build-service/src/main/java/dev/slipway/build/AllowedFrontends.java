package dev.slipway.build;

import java.util.List;

/**
 * The frontends that a Dockerfile may have loaded in the place of the built-in one. They are programs that see all of a build,
 * so nobody but an administrator names them.
 *
 * @param references each a full reference by digest or tag, or a repository, which stands for all in it
 */
public record AllowedFrontends(List<String> references) {
    public static final AllowedFrontends NONE = new AllowedFrontends(List.of());

    public AllowedFrontends {
        references = references.stream().map(String::strip).toList();
    }

    public boolean allows(String frontend) {
        return references.stream()
                .anyMatch(allowed -> frontend.equals(allowed)
                        || frontend.startsWith(allowed + "@")
                        || (isRepository(allowed) && frontend.startsWith(allowed + ":")));
    }

    /** A colon after the last slash begins a tag; one before it, a port. */
    private static boolean isRepository(String reference) {
        return reference.indexOf(':', reference.lastIndexOf('/') + 1) < 0;
    }

    @Override
    public String toString() {
        return references.isEmpty() ? "none" : String.join(", ", references);
    }
}
