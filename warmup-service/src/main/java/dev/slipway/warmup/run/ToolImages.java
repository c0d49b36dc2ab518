package dev.slipway.warmup.run;

import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;

/** The image with the program that runs in place of a warmed image's own. */
public interface ToolImages {

    /**
     * The tool image for pulls from a repository; it is there when this returns.
     *
     * @throws dev.slipway.oci.StoreException when it is not, and cannot be put there
     */
    Reference.Digested beside(RepositoryName repository);
}
