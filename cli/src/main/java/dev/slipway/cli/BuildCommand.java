package dev.slipway.cli;

import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.build.BuildReport;
import dev.slipway.cli.build.CheckRequest;
import dev.slipway.cli.build.ResultFiles;
import dev.slipway.cli.build.RunBuild;
import dev.slipway.cli.options.Checked;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.GatewayOption;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.progress.Progress;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.Terminal;
import dev.slipway.cli.report.Units;
import dev.slipway.cli.stack.StackHome;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway build}. */
final class BuildCommand implements Subcommand {
    private final Context context;

    BuildCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return GatewayOption.addTo(Options.command(
                        "build",
                        "Builds a directory with a Dockerfile for every platform asked for, and publishes the image under"
                                + " every tag, on every registry or on none.")
                .addPositional(Options.argument("PATH", false, "Directory of the context, by default this one."))
                .addOption(Options.text("-f", "--file", "FILE", "The Dockerfile; by default PATH/Dockerfile."))
                .addOption(Options.repeated("-t", "--tag", "REF", "Where the image goes; may be repeated."))
                .addOption(Options.repeated(
                        "--platform",
                        "P,P",
                        "For example linux/amd64,linux/arm64; by default $PLATFORMS_JSON, or this machine's."))
                .addOption(Options.repeated("--build-arg", "K=V", "K alone takes the environment's value."))
                .addOption(Options.repeated("--label", "K=V", "For every image's config."))
                .addOption(Options.repeated("--annotation", "K=V", "For the index and every image."))
                .addOption(Options.text("--target", "NAME", "The stage to build, by default the last."))
                .addOption(Options.repeated(
                        "--cache-from",
                        "PLACE",
                        "Use results of earlier builds: type=registry,ref=REF, or type=local,src=NAME."))
                .addOption(Options.repeated(
                        "--cache-to",
                        "PLACE",
                        "Keep this build's: type=registry,ref=REF[,mode=max], or type=local,dest=NAME."))
                .addOption(Options.repeated(
                        "--secret",
                        "id=NAME",
                        "For RUN --mount=type=secret: a file of that name in the worker's secrets."))
                .addOption(Options.repeated(
                        "--ssh", "NAME", "For RUN --mount=type=ssh: a key or agent of that name on the worker."))
                .addOption(Options.flag("--no-cache", "Use no result of an earlier build."))
                .addOption(Options.flag("--pull", "Ask the registries again what the base images' tags name."))
                .addOption(Options.flag(
                        "--sign", "Sign index and images before they are visible: 'up --sign-key' says by which key."))
                .addOption(Options.optional(
                        "--sbom",
                        "BOOL",
                        "State what is in the image of each platform, as SPDX; false (default) or true."))
                .addOption(Options.optional(
                        "--provenance",
                        "BOOL",
                        "State how the image of each platform came to be, as SLSA; false (default), true or mode=max."))
                .addOption(Options.text("--pool", "NAME", "The pool of workers that builds it; 'default' by default."))
                .addOption(Options.repeated("--worker-label", "K=V", "Only by workers with this label."))
                .addOption(Options.text(
                        "--priority", "N", "From -100 to 100; of what a tenant waits for, the higher goes first."))
                .addOption(Options.repeated(
                        "--warm", "CLUSTER", "Warm the nodes of this cluster only; may be repeated. By default all."))
                .addOption(Options.repeated("--warm-selector", "K=V", "Warm only nodes with this label."))
                .addOption(Options.text(
                        "--warm-deadline", "D", "How long a cluster may take to be warmed, for example 10m."))
                .addOption(Options.text(
                        "--wait",
                        "WHAT",
                        "When to end: published (default), assembled, or none: as soon as the request is accepted."))
                .addOption(Options.text(
                        "--timeout",
                        "D",
                        "How long the whole request may take, for example 90s or 1h30m. Exit code 4 when it passes."))
                .addOption(Options.text("--progress", "HOW", "auto (default), tty, plain or quiet."))
                .addOption(Options.text(
                        "--metadata-file",
                        "FILE",
                        "Write digest, descriptor and names there, under the keys of docker buildx."))
                .addOption(Options.text("--iidfile", "FILE", "Write the index's digest there.")));
    }

    @Override
    public int run(ParseResult given) {
        BuildOptions options = options(given);
        requireKey(options, given);
        ResultFiles files = new ResultFiles(file(given, "--metadata-file"), file(given, "--iidfile"));
        files.check();
        Progress.Style style = Options.choice(given, "--progress", Progress.Style.AUTO);
        Terminal terminal = context.terminal();
        RunBuild build = new RunBuild(
                GatewayOption.gateway(context, given),
                context.clock(),
                System.getProperty("user.name", "unknown"),
                StackHome.of(context.environment()).directory().resolve("cache"),
                context.environment());
        try (Progress progress = Progress.of(style, terminal, context.clock());
                Interruption interruption = new Interruption(terminal)) {
            RunBuild.Result result = build.run(
                    options,
                    Optional.ofNullable(context.environment().get("TRACEPARENT")),
                    progress,
                    accepted -> interruption.announce(accepted.buildId()));
            progress.close();
            return new BuildReport(terminal, style)
                    .report(options, result, files)
                    .number();
        }
    }

    /** The planner refuses too, but after the context was sent. */
    private void requireKey(BuildOptions options, ParseResult given) {
        boolean without = GatewayOption.localStack(context, given)
                .filter(stack -> stack.signKey().isEmpty())
                .isPresent();
        if (options.attestations().sign() && without) {
            throw CommandFailure.usage("--sign: the local stack has no key to sign with. Run 'slipway down', then"
                    + " 'slipway up --sign-key FILE'");
        }
    }

    private BuildOptions options(ParseResult given) {
        CheckRequest check = new CheckRequest(context.workingDirectory(), context.environment());
        Path directory = check.directory(given.matchedPositionalValue(0, "."));
        return new BuildOptions(
                directory,
                check.dockerfile(directory, Options.text(given, "--file")),
                check.tags(Options.texts(given, "--tag")),
                check.platforms(Options.texts(given, "--platform")),
                check.buildArgs(Options.texts(given, "--build-arg")),
                check.labels(Options.texts(given, "--label")),
                check.annotations(Options.texts(given, "--annotation")),
                Options.text(given, "--target"),
                check.mode(),
                Options.isSet(given, "--no-cache"),
                Options.isSet(given, "--pull"),
                new BuildOptions.Placement(
                        Options.text(given, "--pool"),
                        check.workerLabels(Options.texts(given, "--worker-label")),
                        check.priority(Options.text(given, "--priority"))),
                new BuildOptions.Resources(
                        Options.texts(given, "--cache-from"),
                        Options.texts(given, "--cache-to"),
                        Options.texts(given, "--secret").stream()
                                .map(check::secret)
                                .toList(),
                        Options.texts(given, "--ssh")),
                new BuildOptions.Attestations(
                        check.sbom(Options.text(given, "--sbom")),
                        check.provenance(Options.text(given, "--provenance")),
                        Options.isSet(given, "--sign")),
                new BuildOptions.Warmup(
                        Options.texts(given, "--warm"),
                        check.nodeSelector(Options.texts(given, "--warm-selector")),
                        Options.text(given, "--warm-deadline")
                                .map(text -> Checked.option("--warm-deadline", () -> Units.duration(text)))),
                Options.text(given, "--timeout").map(text -> Checked.option("--timeout", () -> Units.duration(text))),
                Options.choice(given, "--wait", BuildOptions.WaitFor.PUBLISHED));
    }

    private Optional<Path> file(ParseResult given, String option) {
        return Options.text(given, option).map(context.workingDirectory()::resolve);
    }
}
