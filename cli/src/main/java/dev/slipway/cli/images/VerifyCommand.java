package dev.slipway.cli.images;

import dev.slipway.cli.options.Checked;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.cli.trust.VerifyReport;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.signing.VerificationKey;
import dev.slipway.signing.image.VerifyImage;
import dev.slipway.signing.keys.ReadKey;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway verify}. */
public final class VerifyCommand implements Subcommand {
    private final Context context;

    public VerifyCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "verify",
                        "Checks that an image and the images of all its platforms are there and signed, and shows what is"
                                + " attested about them. Exit code 5 where one is not.")
                .addPositional(Options.argument("REF", true, "REGISTRY/NAME:TAG or REGISTRY/NAME@DIGEST."))
                .addOption(Options.repeated(
                        "--key",
                        "FILE",
                        "A public key that may have signed, or env://NAME; may be repeated while keys change."))
                .addOption(Options.repeated(
                        "--attestation-key",
                        "FILE",
                        "A key that may have signed attestations; by default those of --key."));
    }

    @Override
    public int run(ParseResult given) {
        Reference reference = Checked.option("REF", () -> Reference.parse(given.matchedPositionalValue(0, "")));
        List<VerificationKey> keys = keys(given, "--key");
        if (keys.isEmpty()) {
            throw CommandFailure.usage("no key is given: say whom you trust, with --key FILE");
        }
        List<VerificationKey> others = keys(given, "--attestation-key");
        try (RegistryClient registries = context.registries()) {
            VerifyReport report = VerifyReport.of(new VerifyImage(
                            registries.repository(reference.repository()), keys, others.isEmpty() ? keys : others)
                    .verify(reference.identifier()));
            report.lines().forEach(context.terminal()::print);
            report.complaints().forEach(complaint -> context.terminal().note("slipway: " + complaint));
            return (report.complaints().isEmpty() ? ExitCode.OK : ExitCode.NOT_TRUSTED).number();
        }
    }

    private List<VerificationKey> keys(ParseResult given, String option) {
        ReadKey read = new ReadKey(context.environment());
        return Options.texts(given, option).stream()
                .map(name -> KeyOption.path(context, name))
                .map(read::verificationKey)
                .toList();
    }
}
