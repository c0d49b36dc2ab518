package dev.slipway.cli.images;

import dev.slipway.cli.inspect.InspectImage;
import dev.slipway.cli.options.Checked;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway inspect}. */
public final class InspectCommand implements Subcommand {
    private final Context context;

    public InspectCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "inspect",
                        "Shows an image as its registry has it: index, images of all platforms, layers, labels, referrers.")
                .addPositional(Options.argument("REF", true, "REGISTRY/NAME:TAG or REGISTRY/NAME@DIGEST."));
    }

    @Override
    public int run(ParseResult given) {
        Reference reference = Checked.option("REF", () -> Reference.parse(given.matchedPositionalValue(0, "")));
        try (RegistryClient registries = context.registries()) {
            new InspectImage(registries.repository(reference.repository()))
                    .inspect(reference)
                    .forEach(context.terminal()::print);
        }
        return 0;
    }
}
