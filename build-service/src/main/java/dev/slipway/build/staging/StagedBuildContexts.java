package dev.slipway.build.staging;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.plan.BuildContexts;
import dev.slipway.context.ContextFormat;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.MalformedDocumentException;

/** Contexts that the gateway has put into staging. */
public final class StagedBuildContexts implements BuildContexts {
    private static final long MAX_DOCKERFILE_BYTES = 4L * 1024 * 1024;

    private final ContentStore staging;

    public StagedBuildContexts(ContentStore staging) {
        this.staging = staging;
    }

    @Override
    public byte[] dockerfile(Descriptor context, String path) {
        Manifest manifest = staging.manifest(context.digest().value())
                .orElseThrow(() -> BuildException.permanent(
                        Reason.CONTEXT_UNAVAILABLE,
                        "build context %s is not in %s".formatted(context.digest(), staging.location())));
        Descriptor dockerfile = artifact(manifest).layers().stream()
                .filter(layer -> layer.mediaType().equals(ContextFormat.FILE))
                .filter(layer -> path.equals(layer.annotations().get(ContextFormat.TITLE)))
                .findFirst()
                .orElseThrow(() -> BuildException.permanent(
                        Reason.DOCKERFILE_MISSING,
                        "build context %s has no Dockerfile '%s'".formatted(context.digest(), path)));
        if (dockerfile.size() > MAX_DOCKERFILE_BYTES) {
            throw BuildException.permanent(
                    Reason.DOCKERFILE_INVALID,
                    "Dockerfile '%s' has %d bytes; at most %d are read"
                            .formatted(path, dockerfile.size(), MAX_DOCKERFILE_BYTES));
        }
        return staging.blob(dockerfile);
    }

    private static ImageManifest artifact(Manifest manifest) {
        try {
            ImageManifest artifact = ImageManifest.of(manifest);
            if (!artifact.artifactType().equals(ContextFormat.ARTIFACT_TYPE)) {
                throw BuildException.permanent(
                        Reason.CONTEXT_INVALID,
                        "%s is no build context but %s".formatted(manifest.digest(), artifact.artifactType()));
            }
            return artifact;
        } catch (MalformedDocumentException e) {
            throw new BuildException(Reason.CONTEXT_INVALID, "build context: %s".formatted(e.getMessage()), false, e);
        }
    }
}
