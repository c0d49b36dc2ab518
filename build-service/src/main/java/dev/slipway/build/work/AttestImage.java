package dev.slipway.build.work;

import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.oci.Descriptor;
import java.util.List;

/** States what is in an image and how it came to be. No build has a hand in it. */
@FunctionalInterface
public interface AttestImage {

    /** On a referrer that is of one build only: its id. */
    String BUILD_ANNOTATION = "dev.slipway.build.id";

    /**
     * Writes what was ordered to staging, as referrers of the image, whose manifest need not be there yet. The same order for
     * the same image gives the same bytes.
     *
     * @param observer is told what could not be read
     * @throws dev.slipway.oci.StoreException where staging cannot be used
     */
    List<Descriptor> attest(PlatformBuildTask task, BuiltImage image, AttestationOrder order, BuildObserver observer);
}
