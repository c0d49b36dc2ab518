package dev.slipway.cli;

import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.build.BuildReport;
import dev.slipway.cli.build.CheckRequest;
import dev.slipway.cli.build.Outcome;
import dev.slipway.cli.build.ResultFiles;
import dev.slipway.cli.build.RunBuild;
import dev.slipway.cli.options.Checked;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.GatewayOption;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.process.Installation;
import dev.slipway.cli.progress.Progress;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.cli.report.Terminal;
import dev.slipway.cli.selfbuild.SelfBuild;
import dev.slipway.cli.stack.StackHome;
import dev.slipway.oci.Digest;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway self-build}. */
final class SelfBuildCommand implements Subcommand {
    private final Context context;

    SelfBuildCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return GatewayOption.addTo(Options.command(
                        "self-build",
                        "Builds the images of Slipway's own services, and publishes each as REGISTRY/PATH/SERVICE:TAG. The"
                                + " stack that runs, or the gateway that is named, does it as it does any other build.")
                .addOption(Options.repeated(
                        "-t", "--tag", "REF", "REGISTRY/PATH:TAG that the images go under; may be repeated."))
                .addOption(Options.text(
                        "--base", "REF", "An image with Java 25 on its PATH, for every platform; best by digest."))
                .addOption(Options.flag(
                        "--base-from-jdk",
                        "Make the base from the JDK that runs this command, for this machine's platform. Such images start"
                                + " from a cache of loaded classes."))
                .addOption(Options.flag("--no-aot", "With --base-from-jdk: without that cache, which takes a minute."))
                .addOption(Options.repeated(
                        "--platform",
                        "P,P",
                        "For example linux/amd64,linux/arm64; by default $PLATFORMS_JSON, or this machine's."))
                .addOption(Options.repeated("--service", "NAME", "Only this one; may be repeated."))
                .addOption(Options.flag("--sign", "Sign all of it: 'up --sign-key' says by which key."))
                .addOption(Options.flag("--sbom", "State what is in each image, as SPDX."))
                .addOption(Options.flag("--provenance", "State how each image came to be, as SLSA."))
                .addOption(Options.text(
                        "--images-file",
                        "FILE",
                        "Write a component of Kustomize there that names every image by digest.")));
    }

    @Override
    public int run(ParseResult given) {
        SelfBuild.Wanted wanted = wanted(given);
        RunBuild build = new RunBuild(
                GatewayOption.gateway(context, given),
                context.clock(),
                System.getProperty("user.name", "unknown"),
                StackHome.of(context.environment()).directory().resolve("cache"),
                context.environment());
        Terminal terminal = context.terminal();
        new SelfBuild(
                        Installation.ofProcess(context.environment()),
                        new StackProgress(terminal),
                        options -> published(build, options),
                        line -> terminal.note("==> " + line))
                .run(wanted, Options.text(given, "--images-file").map(context.workingDirectory()::resolve));
        return ExitCode.OK.number();
    }

    private SelfBuild.Wanted wanted(ParseResult given) {
        CheckRequest check = new CheckRequest(context.workingDirectory(), context.environment());
        Optional<String> base = Options.text(given, "--base");
        if (base.isPresent() == Options.isSet(given, "--base-from-jdk")) {
            throw CommandFailure.usage("say what the images start from: either --base REF or --base-from-jdk");
        }
        if (base.isPresent() && Options.isSet(given, "--no-aot")) {
            throw CommandFailure.usage(
                    "--no-aot is of --base-from-jdk: on another base there is no cache to leave out");
        }
        List<String> services = Options.texts(given, "--service");
        return Checked.option(
                "self-build",
                () -> new SelfBuild.Wanted(
                        check.tags(Options.texts(given, "--tag")),
                        base,
                        check.platforms(Options.texts(given, "--platform")),
                        services.isEmpty() ? SelfBuild.SERVICES : services,
                        !Options.isSet(given, "--no-aot"),
                        new BuildOptions.Attestations(
                                Options.isSet(given, "--sbom"),
                                Options.isSet(given, "--provenance"),
                                Options.isSet(given, "--sign"))));
    }

    private Digest published(RunBuild build, BuildOptions options) {
        RunBuild.Result result;
        try (Progress progress = Progress.of(Progress.Style.AUTO, context.terminal(), context.clock())) {
            result = build.run(
                    options, Optional.ofNullable(context.environment().get("TRACEPARENT")), progress, accepted -> {});
        }
        ExitCode code = new BuildReport(context.terminal(), Progress.Style.AUTO)
                .report(options, result, new ResultFiles(Optional.empty(), Optional.empty()));
        return result.state()
                .outcome()
                .flatMap(Outcome::indexDescriptor)
                .filter(index -> code == ExitCode.OK)
                .map(index -> new Digest(index.path("digest").asText()))
                .orElseThrow(() -> new CommandFailure(code, "the rest was not built"));
    }
}
