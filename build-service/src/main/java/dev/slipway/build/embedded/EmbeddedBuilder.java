package dev.slipway.build.embedded;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.ImageBuilder;
import dev.slipway.build.ImageRepositories;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.embedded.base.PullImages;
import dev.slipway.build.embedded.base.ReadLayers;
import dev.slipway.build.embedded.layers.MakeLayers;
import dev.slipway.build.embedded.tree.LayerContents;
import dev.slipway.build.image.CreationTime;
import dev.slipway.build.image.TakeOverLayers;
import dev.slipway.context.BuildContext;
import dev.slipway.context.ContextException;
import dev.slipway.context.ContextReader;
import dev.slipway.oci.ContentStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Builds Dockerfiles that run nothing. Only layers that end up in the image are written, and each only once. */
public final class EmbeddedBuilder implements ImageBuilder, Closeable {
    private static final long UNPACKED_BYTES = 2L * 1024 * 1024 * 1024;
    private static final long MAX_DOCKERFILE_BYTES = 4L * 1024 * 1024;

    private final ContextReader contexts;
    private final PullImages images;
    private final AssembleImage assembly;
    private final WorkDirectory shared;
    private final LayerContents unpacked;
    private final Path directory;

    /**
     * Sets up.
     *
     * @param staging where contexts are read from and images are written to
     * @param directory for temporary files, made if it is not there
     */
    public EmbeddedBuilder(
            ContextReader contexts, ContentStore staging, ImageRepositories repositories, Path directory) {
        this.contexts = contexts;
        this.directory = directory;
        this.shared = WorkDirectory.create(directory);
        this.unpacked = new LayerContents(shared.path(), UNPACKED_BYTES);
        this.images = new PullImages(repositories, new ReadLayers(unpacked));
        this.assembly =
                new AssembleImage(staging, new MakeLayers(staging), new TakeOverLayers(staging), System::nanoTime);
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public BuiltImage build(PlatformBuildTask task, BuildObserver observer) {
        try (WorkDirectory work = WorkDirectory.create(directory)) {
            BuildContext context = contexts.open(task.inputs().context());
            byte[] dockerfile = context.dockerfile(task.inputs().dockerfile(), MAX_DOCKERFILE_BYTES);
            CreationTime time = CreationTime.of(task.inputs());
            StageImage image = new BuildStages(task, images, context, time, observer).target(dockerfile);
            return assembly.assemble(task, image, time, context, work.path(), observer);
        } catch (ContextException e) {
            throw new BuildException(reason(e), String.valueOf(e.getMessage()), false, e);
        } catch (IOException | UncheckedIOException e) {
            throw new BuildException(
                    Reason.BUILD_STEP_FAILED,
                    "building %s failed: %s".formatted(task.platform(), e.getMessage()),
                    true,
                    e);
        }
    }

    private static Reason reason(ContextException failure) {
        return switch (failure.kind()) {
            case DOCKERFILE_MISSING -> Reason.DOCKERFILE_MISSING;
            case INVALID, CHANGED -> Reason.CONTEXT_INVALID;
            case UNREADABLE -> Reason.CONTEXT_UNAVAILABLE;
        };
    }

    @Override
    public void close() throws IOException {
        unpacked.close();
        shared.close();
    }
}
