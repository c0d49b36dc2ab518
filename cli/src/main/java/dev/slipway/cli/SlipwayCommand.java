package dev.slipway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slipway} without a subcommand: the help. */
@Command(
        name = "slipway",
        mixinStandardHelpOptions = true,
        version = "slipway 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        description = "Builds one image for several platforms and publishes it to several registries, all or nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the build was accepted and failed",
            "2:wrong options or input, or a request that was refused",
            "3:the stack, its gateway or a registry is not there",
            "4:time ran out",
            "70:a defect of slipway itself",
            "130:Ctrl-C; a build that was followed goes on"
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  SLIPWAY_HOME     where the local stack keeps its data, ~/.slipway by default",
            "  SLIPWAY_GATEWAY  URL of the gateway; by default that of the local stack",
            "  TRACEPARENT      the W3C trace context that a build becomes part of"
        })
final class SlipwayCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
