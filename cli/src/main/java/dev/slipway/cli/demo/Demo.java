package dev.slipway.cli.demo;

import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.build.BuildReport;
import dev.slipway.cli.build.ResultFiles;
import dev.slipway.cli.build.RunBuild;
import dev.slipway.cli.process.ClassCaches;
import dev.slipway.cli.process.Installation;
import dev.slipway.cli.progress.Progress;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.cli.report.Terminal;
import dev.slipway.cli.stack.StackListener;
import dev.slipway.cli.stack.StackOptions;
import dev.slipway.cli.trace.ShowTrace;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The main job, from nothing to an image that runs. */
public final class Demo {
    private static final List<Platform> PLATFORMS =
            List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64"));
    private static final int SERVICES_IN_A_TRACE = 6;
    private static final Duration SPANS_LIMIT = Duration.ofSeconds(10);

    private final Installation installation;
    private final Terminal terminal;
    private final InstantSource clock;
    private final StackListener listener;

    public Demo(Installation installation, Terminal terminal, InstantSource clock, StackListener listener) {
        this.installation = installation;
        this.terminal = terminal;
        this.clock = clock;
        this.listener = listener;
    }

    public ExitCode run() {
        say("Starting a broker, two registries, a span store and five services");
        try (TemporaryStack stack = TemporaryStack.start(installation, ClassCaches.USE, listener)) {
            List<Reference.Tagged> tags = tags(stack.options());
            say("Building examples/hello for %s into %s".formatted(PLATFORMS, tags));
            RunBuild.Result result = build(stack, tags);
            ExitCode code = new BuildReport(terminal, Progress.Style.AUTO)
                    .report(options(tags), result, new ResultFiles(Optional.empty(), Optional.empty()));
            if (code != ExitCode.OK) {
                return code;
            }
            say("Running the image's program from each registry on " + Platform.host());
            try (RegistryClient registries = new RegistryClient()) {
                for (Reference.Tagged tag : tags) {
                    String printed = new RunImage(registries.repository(tag.repository()), stack.directory()).run(tag);
                    terminal.print("  %s: %s".formatted(tag, printed));
                }
            }
            say("The trace, from the command line through every service");
            new ShowTrace(stack.gateway())
                    .linesOf(result.accepted().traceId(), SERVICES_IN_A_TRACE, SPANS_LIMIT)
                    .forEach(line -> terminal.print("  " + line));
            say("Stopping it all again");
        }
        return ExitCode.OK;
    }

    private RunBuild.Result build(TemporaryStack stack, List<Reference.Tagged> tags) {
        RunBuild build = new RunBuild(
                stack.gateway(),
                clock,
                System.getProperty("user.name", "unknown"),
                stack.directory().resolve("cache"),
                Map.of());
        try (Progress progress = Progress.of(Progress.Style.AUTO, terminal, clock)) {
            return build.run(options(tags), Optional.empty(), progress, accepted -> {});
        }
    }

    private BuildOptions options(List<Reference.Tagged> tags) {
        return BuildOptions.of(installation.root().resolve("examples/hello"), tags, PLATFORMS, Duration.ofMinutes(2));
    }

    private static List<Reference.Tagged> tags(StackOptions options) {
        return List.of(
                Reference.parseTagged(options.registry(0) + "/demo/hello:1.0"),
                Reference.parseTagged(options.registry(1) + "/mirror/hello:1.0"));
    }

    private void say(String line) {
        terminal.note("");
        terminal.note("==> " + line);
    }
}
