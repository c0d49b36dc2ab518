package dev.slipway.build.buildah;

import dev.slipway.build.tool.WorkerFiles;
import java.nio.file.Path;

/**
 * How Buildah is run.
 *
 * @param program by path, or by a name on PATH
 * @param storage for its images and the layers that it finds again; no other process may use it
 * @param work for the files of builds
 * @param files secrets and keys
 */
public record BuildahSettings(String program, Isolation isolation, Path storage, Path work, WorkerFiles files) {

    /** How what RUN starts is kept apart from the worker; the names are Buildah's. */
    public enum Isolation {
        /** In a directory: needs no more rights than Buildah itself, and keeps less apart. */
        CHROOT("chroot"),
        /** In a container, by an OCI runtime. */
        OCI("oci");

        private final String option;

        Isolation(String option) {
            this.option = option;
        }

        String option() {
            return option;
        }
    }
}
