package dev.slipway.cli;

import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.build.BuildReport;
import dev.slipway.cli.build.CheckRequest;
import dev.slipway.cli.build.ResultFiles;
import dev.slipway.cli.build.RunBuild;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.progress.Progress;
import dev.slipway.cli.report.Terminal;
import dev.slipway.cli.report.Units;
import dev.slipway.cli.stack.StackHome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Builds a directory with a Dockerfile for every platform asked for, and publishes the image under every tag, "
                        + "on every registry or on none.")
final class BuildCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "PATH", description = "Directory of the context: ${DEFAULT-VALUE}.")
    private String path = ".";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The Dockerfile; by default PATH/Dockerfile.")
    private @Nullable String file;

    @Option(
            names = {"-t", "--tag"},
            paramLabel = "REF",
            description = "Where the image goes; may be repeated.")
    private List<String> tags = List.of();

    @Option(
            names = "--platform",
            paramLabel = "P,P",
            description = "For example linux/amd64,linux/arm64; by default $PLATFORMS_JSON, or this machine's.")
    private List<String> platforms = List.of();

    @Option(names = "--build-arg", paramLabel = "K=V", description = "K alone takes the environment's value.")
    private List<String> buildArgs = List.of();

    @Option(names = "--label", paramLabel = "K=V", description = "For every image's config.")
    private List<String> labels = List.of();

    @Option(names = "--annotation", paramLabel = "K=V", description = "For the index and every image.")
    private List<String> annotations = List.of();

    @Option(names = "--target", paramLabel = "NAME", description = "The stage to build, by default the last.")
    private @Nullable String target;

    @Option(names = "--no-cache", description = "Use no result of an earlier build.")
    private boolean noCache;

    @Option(names = "--pull", description = "Ask the registries again what the base images' tags name.")
    private boolean pull;

    @Option(
            names = "--wait",
            paramLabel = "WHAT",
            description = "When to end: published (default), assembled, or none: as soon as the request is accepted.")
    private BuildOptions.WaitFor waitFor = BuildOptions.WaitFor.PUBLISHED;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            description = "How long the whole request may take, for example 90s or 1h30m. Exit code 4 when it passes.")
    private @Nullable String timeout;

    @Option(names = "--progress", paramLabel = "HOW", description = "auto, tty, plain or quiet.")
    private Progress.Style style = Progress.Style.AUTO;

    @Option(
            names = "--metadata-file",
            paramLabel = "FILE",
            description = "Write digest, descriptor and names there, under the keys of docker buildx.")
    private @Nullable Path metadataFile;

    @Option(names = "--iidfile", paramLabel = "FILE", description = "Write the index's digest there.")
    private @Nullable Path iidFile;

    @Mixin
    private GatewayOption gateway = new GatewayOption();

    private final Context context;

    BuildCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        BuildOptions options = options();
        ResultFiles files = new ResultFiles(inWorkingDirectory(metadataFile), inWorkingDirectory(iidFile));
        files.check();
        return run(context, gateway.gateway(context), options, style, files).number();
    }

    static dev.slipway.cli.report.ExitCode run(
            Context context, Gateway gateway, BuildOptions options, Progress.Style style, ResultFiles files) {
        Terminal terminal = context.terminal();
        RunBuild build = new RunBuild(
                gateway,
                context.clock(),
                System.getProperty("user.name", "unknown"),
                StackHome.of(context.environment()).directory().resolve("cache"));
        try (Progress progress = Progress.of(style, terminal, context.clock());
                Interruption interruption = new Interruption(terminal)) {
            RunBuild.Result result = build.run(
                    options,
                    Optional.ofNullable(context.environment().get("TRACEPARENT")),
                    progress,
                    accepted -> interruption.announce(accepted.buildId()));
            progress.close();
            return new BuildReport(terminal, style).report(options, result, files);
        }
    }

    private BuildOptions options() {
        CheckRequest check = new CheckRequest(context.workingDirectory(), context.environment());
        Path directory = check.directory(path);
        return new BuildOptions(
                directory,
                check.dockerfile(directory, Optional.ofNullable(file)),
                check.tags(tags),
                check.platforms(platforms),
                check.buildArgs(buildArgs),
                check.labels(labels),
                check.annotations(annotations),
                Optional.ofNullable(target),
                check.mode(),
                noCache,
                pull,
                Optional.ofNullable(timeout).map(text -> Checked.option("--timeout", () -> Units.duration(text))),
                waitFor);
    }

    private Optional<Path> inWorkingDirectory(@Nullable Path file) {
        return Optional.ofNullable(file).map(context.workingDirectory()::resolve);
    }
}
