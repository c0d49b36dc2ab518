package dev.slipway.cli;

import dev.slipway.cli.inspect.InspectImage;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description =
                "Shows an image as its registry has it: index, images of all platforms, layers, labels, referrers.")
final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "REF", description = "REGISTRY/NAME:TAG or REGISTRY/NAME@DIGEST.")
    private String reference = "";

    private final Context context;

    InspectCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Reference parsed = Checked.option("REF", () -> Reference.parse(reference));
        try (RegistryClient registries = new RegistryClient()) {
            new InspectImage(registries.repository(parsed.repository()))
                    .inspect(parsed)
                    .forEach(context.terminal()::print);
        }
        return 0;
    }
}
