package dev.slipway.build.embedded;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.BuildInputs;
import dev.slipway.build.BuildObserver;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.dockerfile.Dockerfile;
import dev.slipway.build.dockerfile.Instruction;
import dev.slipway.build.embedded.base.PullImages;
import dev.slipway.build.embedded.base.PulledImage;
import dev.slipway.build.embedded.tree.FileTree;
import dev.slipway.build.image.CreationTime;
import dev.slipway.build.stages.Origin;
import dev.slipway.build.stages.StageGraph;
import dev.slipway.build.stages.StagePlan;
import dev.slipway.context.BuildContext;
import dev.slipway.oci.Reference;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through the stages of one Dockerfile for one platform. */
final class BuildStages {
    private final PlatformBuildTask task;
    private final PullImages images;
    private final BuildContext context;
    private final CreationTime time;
    private final BuildObserver observer;
    private final Map<Integer, StageImage> built = new HashMap<>();
    private @Nullable FileTree contextFiles;
    private int number;

    BuildStages(
            PlatformBuildTask task,
            PullImages images,
            BuildContext context,
            CreationTime time,
            BuildObserver observer) {
        this.task = task;
        this.images = images;
        this.context = context;
        this.time = time;
        this.observer = observer;
    }

    /** The image of the stage that is wanted. */
    StageImage target(byte[] dockerfile) {
        BuildInputs inputs = task.inputs();
        StageGraph graph = StageGraph.of(
                Dockerfile.parse(inputs.dockerfile(), dockerfile),
                task.platform(),
                inputs.target(),
                inputs.buildArgs());
        Set<Integer> inImage = graph.inImage();
        int total = graph.plans().stream()
                .mapToInt(plan -> plan.stage().instructions().size())
                .sum();
        for (StagePlan plan : graph.plans()) {
            built.put(
                    plan.stage().index(),
                    build(plan, graph, total, inImage.contains(plan.stage().index())));
        }
        return stage(graph.plans().getLast().stage().index());
    }

    /** The work on a layer is done when it is written, and that are only those that end up in the image. */
    private StageImage build(StagePlan plan, StageGraph graph, int total, boolean inImage) {
        StageImage image = base(plan.base());
        CarryOut steps =
                new CarryOut(graph.arguments(), new FileSteps(copy -> files(plan.sourceOf(copy))), time.image());
        for (Instruction instruction : plan.stage().instructions()) {
            if (Thread.currentThread().isInterrupted()) {
                throw BuildException.permanent(Reason.BUILD_CANCELLED, "the build was cancelled");
            }
            BuildObserver.Step step = new BuildObserver.Step(
                    ++number,
                    total,
                    plan.stage().label(),
                    instruction.line().text().strip().replaceAll("\\s+", " "));
            long start = System.nanoTime();
            if (steps.carryOut(instruction, image, step) || !inImage) {
                observer.stepDone(step, false, Duration.ofNanos(System.nanoTime() - start));
            }
        }
        return image;
    }

    private StageImage base(Origin base) {
        return switch (base) {
            case Origin.Scratch ignored -> StageImage.fromScratch(task.platform());
            case Origin.Context ignored -> throw new IllegalStateException("no stage starts from the context");
            case Origin.OfStage(int index) -> StageImage.on(stage(index));
            case Origin.OfImage image -> StageImage.on(pull(image));
        };
    }

    private FileTree files(Origin origin) {
        return switch (origin) {
            case Origin.Scratch ignored -> FileTree.empty();
            case Origin.Context ignored -> contextFiles();
            case Origin.OfStage(int index) -> stage(index).files();
            case Origin.OfImage image -> pull(image).files().get();
        };
    }

    private StageImage stage(int index) {
        StageImage image = built.get(index);
        if (image == null) {
            throw new IllegalStateException("stage %d is not built yet".formatted(index));
        }
        return image;
    }

    private PulledImage pull(Origin.OfImage image) {
        Reference.Digested reference = task.inputs().bases().get(image.name());
        if (reference == null) {
            throw BuildException.permanent(
                    Reason.BASE_IMAGE_UNAVAILABLE,
                    "the plan does not say which digest '%s' is".formatted(image.name()));
        }
        return images.pull(reference, image.platform());
    }

    private FileTree contextFiles() {
        FileTree known = contextFiles;
        if (known == null) {
            known = ContextFiles.of(context);
            contextFiles = known;
        }
        return known;
    }
}
