package dev.slipway.build.buildah;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.Hosts;
import dev.slipway.build.ImageBuilder;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.process.Invocation;
import dev.slipway.build.process.OwnProcessSpace;
import dev.slipway.build.process.RunProgram;
import dev.slipway.build.tool.LastLines;
import dev.slipway.build.tool.Redaction;
import dev.slipway.build.tool.TakeResult;
import dev.slipway.build.tool.ToolEnvironment;
import dev.slipway.build.tool.Workplace;
import dev.slipway.context.ContextReader;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.layout.ImageLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Builds with Buildah: a process of its own for each build, and none between builds. */
public final class BuildahBuilder implements ImageBuilder {
    public static final String NAME = "buildah";

    private final BuildahSettings settings;
    private final BuildahArguments arguments;
    private final ContextReader contexts;
    private final TakeResult result;
    private final ToolEnvironment environment;
    private final RunProgram programs;
    private final OwnProcessSpace space;
    private final Emulation emulation;
    private boolean tidied;

    public BuildahBuilder(
            BuildahSettings settings,
            ContextReader contexts,
            TakeResult result,
            ToolEnvironment environment,
            RunProgram programs,
            OwnProcessSpace space,
            Emulation emulation) {
        this.settings = settings;
        this.arguments = new BuildahArguments(settings);
        this.contexts = contexts;
        this.result = result;
        this.environment = environment;
        this.programs = programs;
        this.space = space;
        this.emulation = emulation;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Hosts hosts() {
        return new Hosts(List.of(Platform.host()), emulation.platforms());
    }

    @Override
    public BuiltImage build(PlatformBuildTask task, BuildObserver observer) {
        try (Workplace place = Workplace.prepare(task, contexts, settings.work())) {
            for (Platform platform : place.stages().runsOn(task.platform())) {
                emulation.missing(platform).ifPresent(why -> {
                    throw BuildException.permanent(
                            Reason.PLATFORM_UNAVAILABLE,
                            "programs of %s cannot run on this worker: %s".formatted(platform, why));
                });
            }
            tidyOnce(task, place);
            String image = build(task, place, observer);
            ImageLayout layout = export(task, image, place);
            return result.take(task, place, layout, only(place.directory().resolve("layout")));
        } catch (IOException e) {
            throw new UncheckedIOException("the files of Buildah's build cannot be used", e);
        }
    }

    private String build(PlatformBuildTask task, Workplace place, BuildObserver observer) throws IOException {
        Path imageId = place.directory().resolve("image-id");
        List<String> command = arguments.build(
                task,
                new BuildahArguments.Paths(place.contextDirectory(), place.dockerfile(), place.ignoreFile(), imageId));
        Redaction redaction = settings.files().redaction(task.inputs().resources());
        BuildahProgress progress = new BuildahProgress(observer, place.steps(), System::nanoTime);
        LastLines last = new LastLines();
        int code = run(command, task, place, line -> {
            String clean = redaction.apply(line);
            last.add(clean);
            progress.read(clean);
        });
        if (code != 0) {
            throw BuildException.permanent(
                    Reason.BUILD_STEP_FAILED,
                    "Buildah ended with %d building %s: %s".formatted(code, task.platform(), last));
        }
        progress.finish();
        return Files.readString(imageId, UTF_8).strip();
    }

    private ImageLayout export(PlatformBuildTask task, String image, Workplace place) throws IOException {
        Path directory = place.directory().resolve("layout");
        LastLines last = new LastLines();
        int code = run(arguments.export(image, directory), task, place, last::add);
        if (code != 0) {
            throw new BuildException(
                    Reason.BUILD_STEP_FAILED,
                    "Buildah ended with %d writing the image of %s: %s".formatted(code, task.platform(), last),
                    true,
                    null);
        }
        return ImageLayout.at(directory);
    }

    /** Once in the life of this process, before its first build: what an earlier one left when it was killed. */
    private synchronized void tidyOnce(PlatformBuildTask task, Workplace place) throws IOException {
        if (!tidied) {
            Files.createDirectories(settings.storage());
            run(arguments.removeContainers(), task, place, line -> {});
            tidied = true;
        }
    }

    private int run(List<String> command, PlatformBuildTask task, Workplace place, Consumer<String> lines)
            throws IOException {
        Map<String, String> variables = environment.forTool(place.directory());
        environment.credentials().ifPresent(file -> variables.put("REGISTRY_AUTH_FILE", file.toString()));
        variables.put(
                "CONTAINERS_REGISTRIES_CONF",
                RegistriesFile.write(task.inputs(), place.directory()).toString());
        return programs.run(new Invocation(space.around(command), variables, place.directory()), lines);
    }

    private static Digest only(Path layout) throws IOException {
        return ImageIndex.parse(Files.readAllBytes(layout.resolve("index.json")))
                .manifests()
                .getFirst()
                .digest();
    }
}
