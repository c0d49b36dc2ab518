package dev.slipway.cli.images;

import dev.slipway.cli.options.Checked;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.report.Columns;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import dev.slipway.signing.Signer;
import dev.slipway.signing.image.SignImage;
import dev.slipway.signing.image.SignSubject;
import dev.slipway.signing.keys.ReadKey;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code slipway sign}. */
public final class SignCommand implements Subcommand {
    private final Context context;

    public SignCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command(
                        "sign",
                        "Signs an image that lies in a registry, whoever built it: the index, the images of all platforms,"
                                + " and what the index attests about them, each in both of cosign's forms. What is signed"
                                + " already stays as it is.")
                .addPositional(Options.argument("REF", true, "REGISTRY/NAME:TAG or REGISTRY/NAME@DIGEST."))
                .addOption(Options.text(
                        "--key",
                        "FILE",
                        "The private key, or env://NAME: PKCS#8, or cosign's with its password in $COSIGN_PASSWORD."))
                .addOption(Options.text(
                        "--attestation-key",
                        "FILE",
                        "What signs attestations; by default that of --key. Its password too is in $COSIGN_PASSWORD."));
    }

    @Override
    public int run(ParseResult given) {
        Reference reference = Checked.option("REF", () -> Reference.parse(given.matchedPositionalValue(0, "")));
        Signer signer = Options.text(given, "--key")
                .<Signer>map(this::signer)
                .orElseThrow(() -> CommandFailure.usage("no key is given: say what signs, with --key FILE"));
        Signer attestations = Options.text(given, "--attestation-key")
                .<Signer>map(this::signer)
                .orElse(signer);
        try (RegistryClient registries = context.registries()) {
            RegistryRepository repository = registries.repository(reference.repository());
            Columns columns = new Columns();
            new SignImage(repository, repository.name(), new SignSubject(signer, attestations), SignCommand::pause)
                    .sign(reference.identifier(), context.clock().instant())
                    .forEach(signed -> columns.row(
                            signed.part().name(),
                            signed.part().descriptor().digest().value(),
                            signed.written() ? "signed" : "was signed already"));
            columns.lines().forEach(context.terminal()::print);
        }
        return 0;
    }

    private Signer signer(String name) {
        return new ReadKey(context.environment()).signingKey(KeyOption.path(context, name), ReadKey.PASSWORD);
    }

    private static void pause(Duration length) {
        LockSupport.parkNanos(length.toNanos());
    }
}
