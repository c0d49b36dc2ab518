package dev.slipway.build.buildkit;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.BuildInputs;
import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.Hosts;
import dev.slipway.build.ImageBuilder;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.dockerfile.Dockerfile;
import dev.slipway.build.process.Invocation;
import dev.slipway.build.process.RunProgram;
import dev.slipway.build.tool.LastLines;
import dev.slipway.build.tool.Redaction;
import dev.slipway.build.tool.TakeResult;
import dev.slipway.build.tool.ToolEnvironment;
import dev.slipway.build.tool.Workplace;
import dev.slipway.context.ContextReader;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Digest;
import dev.slipway.oci.json.JsonTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Builds on a BuildKit daemon, which pushes what it built into staging itself: no layer comes through this process. */
public final class BuildKitBuilder implements ImageBuilder {
    public static final String NAME = "buildkit";
    private static final String FRONTEND_ARGUMENT = "BUILDKIT_SYNTAX";

    private final BuildKitSettings settings;
    private final BuildctlArguments arguments;
    private final ContextReader contexts;
    private final ContentStore staging;
    private final TakeResult result;
    private final ToolEnvironment environment;
    private final RunProgram programs;

    public BuildKitBuilder(
            BuildKitSettings settings,
            ContextReader contexts,
            ContentStore staging,
            TakeResult result,
            ToolEnvironment environment,
            RunProgram programs) {
        this.settings = settings;
        this.arguments = new BuildctlArguments(settings);
        this.contexts = contexts;
        this.staging = staging;
        this.result = result;
        this.environment = environment;
        this.programs = programs;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Nothing where the daemon does not answer: it may be started later. */
    @Override
    public Hosts hosts() {
        try {
            return daemon(Files.createDirectories(settings.work())).hosts();
        } catch (BuildException | IOException e) {
            return Hosts.NONE;
        }
    }

    @Override
    public BuiltImage build(PlatformBuildTask task, BuildObserver observer) {
        try (Workplace place = Workplace.prepare(task, contexts, settings.work())) {
            boolean loadFrontend = isLoaded(task.inputs(), place);
            daemon(place.directory()).version().check(settings.daemon());
            Digest image = build(task, place, loadFrontend, observer);
            return result.take(task, place, staging, image);
        } catch (IOException e) {
            throw new UncheckedIOException("the files of BuildKit's build cannot be used", e);
        }
    }

    /** Whether BuildKit loads the frontend that is named, which must be one that somebody allowed. */
    private boolean isLoaded(BuildInputs inputs, Workplace place) {
        Optional<String> argument = Optional.ofNullable(inputs.buildArgs().get(FRONTEND_ARGUMENT))
                .map(value -> value.strip().split(" ", 2)[0])
                .filter(frontend -> !frontend.isEmpty());
        Optional<String> named = argument.or(place::frontend);
        if (named.isEmpty()) {
            return false;
        }
        if (settings.frontends().allows(named.get())) {
            return true;
        }
        if (Dockerfile.isDockersOwn(named.get())) {
            return false;
        }
        throw BuildException.permanent(
                Reason.DOCKERFILE_UNSUPPORTED,
                "the frontend '%s' is not among those that are allowed: %s"
                        .formatted(named.get(), settings.frontends()));
    }

    private Daemon daemon(Path directory) {
        StringBuilder printed = new StringBuilder();
        LastLines last = new LastLines();
        int code =
                programs.run(new Invocation(arguments.workers(), environment.forTool(directory), directory), line -> {
                    printed.append(line).append('\n');
                    last.add(line);
                });
        if (code != 0) {
            throw new BuildException(
                    Reason.BUILD_STEP_FAILED,
                    "BuildKit at %s cannot be reached: %s".formatted(settings.daemon(), last),
                    true,
                    null);
        }
        return Daemon.parse(settings.daemon(), printed.toString());
    }

    private Digest build(PlatformBuildTask task, Workplace place, boolean loadFrontend, BuildObserver observer)
            throws IOException {
        Path metadata = place.directory().resolve("metadata.json");
        List<String> command = arguments.build(
                task,
                new BuildctlArguments.Paths(place.contextDirectory(), place.dockerfile(), metadata),
                loadFrontend);
        Redaction redaction = settings.files().redaction(task.inputs().resources());
        RawProgress progress = new RawProgress(observer, redaction, place.steps());
        int code = programs.run(
                new Invocation(command, environment.forTool(place.directory()), place.directory()), progress::read);
        progress.finish();
        if (code != 0) {
            throw BuildException.permanent(
                    Reason.BUILD_STEP_FAILED,
                    "BuildKit at %s failed building %s: %s"
                            .formatted(settings.daemon(), task.platform(), progress.end()));
        }
        return new Digest(JsonTrees.read(Files.readAllBytes(metadata))
                .path("containerimage.digest")
                .asText());
    }
}
