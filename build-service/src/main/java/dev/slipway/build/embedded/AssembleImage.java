package dev.slipway.build.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.embedded.layers.LayerFiles;
import dev.slipway.build.embedded.layers.MakeLayers;
import dev.slipway.build.embedded.layers.StagedLayer;
import dev.slipway.build.embedded.layers.TakeOverLayers;
import dev.slipway.context.BuildContext;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.layer.LayerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/** Brings layers and config of an image into staging, and writes its manifest, which stays here. */
final class AssembleImage {
    private static final String REQUEST_TYPE = "application/vnd.slipway.request.v1+json";

    private final ContentStore staging;
    private final MakeLayers layers;
    private final TakeOverLayers bases;
    private final LongSupplier nanoTime;

    AssembleImage(ContentStore staging, MakeLayers layers, TakeOverLayers bases, LongSupplier nanoTime) {
        this.staging = staging;
        this.layers = layers;
        this.bases = bases;
        this.nanoTime = nanoTime;
    }

    BuiltImage assemble(
            PlatformBuildTask task,
            StageImage image,
            CreationTime time,
            BuildContext context,
            Path directory,
            BuildObserver observer) {
        LayerOptions options = LayerOptions.DEFAULT.withTime(time.files());
        List<Callable<Done>> parts = image.parts().stream()
                .<Callable<Done>>map(part -> () -> stage(part, options, task, directory))
                .toList();
        List<StagedLayer> staged = AllAtOnce.call(parts, done -> done.tell(observer)).stream()
                .map(Done::layer)
                .toList();
        ImageConfig config = image.config()
                .withPlatform(task.platform())
                .withCreated(time.image())
                .withLabels(StandardLabels.labels(task, image, time))
                .withDiffIds(staged.stream().map(StagedLayer::diffId).toList());
        staging.putBlob(config.descriptor(), BlobSource.of(config.bytes()));
        ImageManifest manifest = ImageManifest.of(
                        config.descriptor(),
                        staged.stream().map(StagedLayer::descriptor).toList())
                .withAnnotations(StandardLabels.annotations(task, image, time));
        int reused = (int) staged.stream().filter(StagedLayer::reused).count();
        return new BuiltImage(
                manifest.manifest(),
                task.platform(),
                task.inputs().reproducible() ? List.of(request(task, manifest)) : List.of(),
                staged.size() - reused,
                reused,
                context.totalBytes(),
                context.packedBytes());
    }

    /**
     * A layer is in staging.
     *
     * @param step that made it; none for one of the base
     */
    private record Done(StagedLayer layer, Optional<BuildObserver.Step> step, Duration took) {
        void tell(BuildObserver observer) {
            step.ifPresent(made -> observer.stepDone(made, layer.reused(), took));
        }
    }

    private Done stage(ImagePart part, LayerOptions options, PlatformBuildTask task, Path directory) {
        long start = nanoTime.getAsLong();
        return switch (part) {
            case ImagePart.Below(var image, var layer) -> {
                bases.takeOver(
                        layer.descriptor(),
                        image.repository(),
                        image.reference().repository());
                yield done(new StagedLayer(layer.descriptor(), layer.diffId(), true), Optional.empty(), start);
            }
            case ImagePart.Added(BuildObserver.Step step, LayerFiles files) -> {
                StagedLayer made = layers.make(
                        files, options, task.buildId(), task.inputs().noCache(), directory);
                yield done(made, Optional.of(step), start);
            }
        };
    }

    private Done done(StagedLayer layer, Optional<BuildObserver.Step> step, long start) {
        return new Done(layer, step, Duration.ofNanos(nanoTime.getAsLong() - start));
    }

    /** What a reproducible image must not say itself. */
    private Descriptor request(PlatformBuildTask task, ImageManifest image) {
        staging.putBlob(ImageManifest.EMPTY_CONFIG, BlobSource.of("{}".getBytes(UTF_8)));
        ImageManifest request = ImageManifest.artifact(REQUEST_TYPE, List.of(ImageManifest.EMPTY_CONFIG))
                .withSubject(image.descriptor())
                .withAnnotations(StandardLabels.ofRequest(task.inputs()));
        staging.putManifest(request.manifest());
        return request.asReferrer();
    }
}
