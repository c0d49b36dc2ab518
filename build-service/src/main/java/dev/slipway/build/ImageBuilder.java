package dev.slipway.build;

/** A driver that can build the image of one platform. Safe for use by several threads. */
public interface ImageBuilder {

    /** The name by which plans and events know it: {@code embedded}, {@code buildkit}. */
    String name();

    /** What it can run; asked once, when its worker starts. */
    default Hosts hosts() {
        return Hosts.NONE;
    }

    /**
     * Builds the image of one platform and blocks until all its blobs are in staging. The manifest itself is left to the
     * caller, who writes it under its staging tag: so nobody sees an image before it is complete. Where nothing is
     * run, the same task gives the same manifest, byte for byte. An interrupt ends the build by whatever exception, and the
     * thread is interrupted still: the caller knows by that.
     *
     * @throws BuildException where it cannot be built
     */
    BuiltImage build(PlatformBuildTask task, BuildObserver observer);
}
