package dev.slipway.manifest.kafka;

import dev.slipway.events.AssemblyReadyEvent.ImageAssemblyReady;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PlatformImage;
import java.util.ArrayList;
import java.util.List;

/** What a request wants to be stated of every platform: an index of which one platform says nothing is not assembled. */
final class RequestedStatements {
    private static final String SPDX = "application/spdx+json";
    private static final String IN_TOTO = "application/vnd.in-toto+json";

    private RequestedStatements() {}

    /** A failure for each platform and each statement that it lacks. */
    static List<Failure> missing(ImageAssemblyReady ready) {
        List<Failure> failures = new ArrayList<>();
        for (PlatformImage image : ready.images()) {
            if (ready.plan().request().sbom() && !has(image, SPDX)) {
                failures.add(failure(FailureCode.CHILD_SBOM_MISSING, image, "SBOM", SPDX));
            }
            if (ready.plan().request().provenance() && !has(image, IN_TOTO)) {
                failures.add(failure(FailureCode.CHILD_PROVENANCE_MISSING, image, "provenance", IN_TOTO));
            }
        }
        return failures;
    }

    private static boolean has(PlatformImage image, String artifactType) {
        return image.referrers().stream().anyMatch(referrer -> artifactType.equals(referrer.artifactType()));
    }

    private static Failure failure(FailureCode code, PlatformImage image, String what, String artifactType) {
        String message =
                "the request wants %s of every platform, and %s (%s) comes without: none of its referrers is %s"
                        .formatted(what, image.platform(), image.manifest().digest(), artifactType);
        return new Failure(code, message, image.platform(), false);
    }
}
