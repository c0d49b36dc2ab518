package dev.slipway.build.embedded;

import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.embedded.base.PulledImage;
import dev.slipway.build.embedded.layers.LayerFiles;
import dev.slipway.build.embedded.layers.MakeLayers;
import dev.slipway.build.embedded.layers.StagedLayer;
import dev.slipway.build.image.CreationTime;
import dev.slipway.build.image.FinishImage;
import dev.slipway.build.image.TakeOverLayers;
import dev.slipway.context.BuildContext;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.layer.LayerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/** Brings layers and config of an image into staging, and writes its manifest, which stays here. */
final class AssembleImage {
    private final FinishImage finish;
    private final MakeLayers layers;
    private final TakeOverLayers bases;
    private final LongSupplier nanoTime;

    AssembleImage(ContentStore staging, MakeLayers layers, TakeOverLayers bases, LongSupplier nanoTime) {
        this.finish = new FinishImage(staging);
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
                .withDiffIds(staged.stream().map(StagedLayer::diffId).toList());
        FinishImage.Finished finished = finish.finish(
                task,
                new FinishImage.Raw(
                        config,
                        staged.stream().map(StagedLayer::descriptor).toList(),
                        image.labels(),
                        image.root().map(PulledImage::reference)),
                time);
        int reused = (int) staged.stream().filter(StagedLayer::reused).count();
        return new BuiltImage(
                finished.manifest(),
                task.platform(),
                finished.referrers(),
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
}
