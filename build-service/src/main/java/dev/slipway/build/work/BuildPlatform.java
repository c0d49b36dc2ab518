package dev.slipway.build.work;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.ImageBuilder;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Builds one platform, unless somebody has already. The image is in staging, under a tag that follows from build and
 * platform, before this returns: whoever is asked for the same again finds it there.
 */
public final class BuildPlatform {
    private static final String SIGNATURE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private final ContentStore staging;
    private final Map<String, ImageBuilder> builders;
    private final AttestImage attestImage;

    public BuildPlatform(ContentStore staging, Collection<ImageBuilder> builders, AttestImage attestImage) {
        this.staging = staging;
        this.attestImage = attestImage;
        this.builders =
                builders.stream().collect(Collectors.toUnmodifiableMap(ImageBuilder::name, Function.identity()));
    }

    /**
     * Finds or builds the image.
     *
     * @throws BuildException where it cannot be built; {@code BUILD_CANCELLED} after an interrupt
     * @throws dev.slipway.oci.StoreException where staging cannot be used
     */
    public PlatformResult build(
            PlatformBuildTask task, String builder, AttestationOrder order, BuildObserver observer) {
        String tag = StagingTags.platformImage(task.buildId(), task.platform());
        Optional<Descriptor> found = staging.resolve(tag);
        if (found.isPresent()) {
            Descriptor manifest = found.get().withPlatform(task.platform());
            return new PlatformResult.Found(manifest, referrers(task, manifest));
        }
        BuiltImage image = build(driver(builder), task, observer);
        BuiltImage attested = image.withReferrers(attestImage.attest(task, image, order, observer));
        staging.tag(image.manifest(), tag);
        return new PlatformResult.Built(attested);
    }

    /** What another build of an equal image has said of itself, and signatures of its index' assembly, are not this build's. */
    private List<Descriptor> referrers(PlatformBuildTask task, Descriptor manifest) {
        return staging.referrers(manifest.digest(), Optional.empty()).stream()
                .filter(referrer -> !SIGNATURE.equals(referrer.artifactType()))
                .filter(referrer -> referrer.annotations()
                        .getOrDefault(AttestImage.BUILD_ANNOTATION, task.buildId())
                        .equals(task.buildId()))
                .toList();
    }

    private static BuiltImage build(ImageBuilder builder, PlatformBuildTask task, BuildObserver observer) {
        try {
            return builder.build(task, observer);
        } catch (RuntimeException e) {
            // whatever the interrupt made of it on its way up here
            if (Thread.currentThread().isInterrupted()) {
                throw new BuildException(Reason.BUILD_CANCELLED, "the build was cancelled", false, e);
            }
            throw e;
        }
    }

    private ImageBuilder driver(String name) {
        ImageBuilder driver = builders.get(name);
        if (driver == null) {
            throw BuildException.permanent(
                    Reason.OPTION_UNSUPPORTED,
                    "the plan wants builder '%s', and this worker has %s".formatted(name, builders.keySet()));
        }
        return driver;
    }
}
