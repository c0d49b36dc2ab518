package dev.slipway.cli.images;

import dev.slipway.cli.index.ChangeIndex;
import dev.slipway.cli.options.Checked;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.registry.RegistryClient;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code slipway index}. */
public final class IndexCommand implements Subcommand {
    private static final String APPEND = "append";
    private static final String REMOVE = "remove";

    private final Context context;

    public IndexCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return Options.command("index", "Extends or reduces an index that lies in a registry.")
                .addSubcommand(
                        APPEND,
                        target(APPEND, "Lists more images in an index; those of other repositories are copied.")
                                .addOption(Options.repeated(
                                        "--image",
                                        "REF",
                                        "An image, or an index for all of its images; may be repeated.")))
                .addSubcommand(
                        REMOVE,
                        target(REMOVE, "Lists images no longer, nor what the index attests about them.")
                                .addOption(Options.repeated(
                                        "--platform", "P", "The platform of an image; may be repeated.")));
    }

    private static CommandSpec target(String name, String description) {
        return Options.command(name, description + " The new index is not signed: see 'slipway sign'.")
                .addPositional(Options.argument("REF", true, "The index: REGISTRY/NAME:TAG or REGISTRY/NAME@DIGEST."))
                .addOption(Options.repeated(
                        "-t", "--tag", "TAG", "What the new index is called there; by default the tag of REF."));
    }

    @Override
    public int run(ParseResult given) {
        ParseResult action = given.subcommand();
        if (action == null) {
            throw new ParameterException(
                    given.commandSpec().commandLine(), "an action is missing: one of append, remove");
        }
        if (action.isUsageHelpRequested()) {
            action.commandSpec().commandLine().usage(context.terminal().out());
            return 0;
        }
        Reference reference = Checked.option("REF", () -> Reference.parse(action.matchedPositionalValue(0, "")));
        List<String> tags = tags(reference, Options.texts(action, "--tag"));
        try (RegistryClient registries = context.registries()) {
            ChangeIndex change = new ChangeIndex(registries, reference);
            ImageIndex index = action.commandSpec().name().equals(APPEND)
                    ? change.append(images(action), tags)
                    : change.remove(platforms(action), tags);
            context.terminal().print(index.digest().value());
        }
        return 0;
    }

    private static List<Reference> images(ParseResult action) {
        return required("--image", Options.texts(action, "--image")).stream()
                .map(text -> Checked.option("--image", () -> Reference.parse(text)))
                .toList();
    }

    private static List<Platform> platforms(ParseResult action) {
        return required("--platform", Options.texts(action, "--platform")).stream()
                .map(text -> Checked.option("--platform", () -> Platform.parse(text)))
                .toList();
    }

    private static List<String> required(String option, List<String> values) {
        if (values.isEmpty()) {
            throw CommandFailure.usage("what changes is not said: give %s at least once".formatted(option));
        }
        return values;
    }

    private static List<String> tags(Reference reference, List<String> told) {
        if (!told.isEmpty()) {
            return told.stream()
                    .map(tag -> Checked.option("--tag", () -> new Reference.Tagged(reference.repository(), tag).tag()))
                    .toList();
        }
        return switch (reference) {
            case Reference.Tagged tagged -> List.of(tagged.tag());
            case Reference.Digested digested ->
                throw CommandFailure.usage("REF names a digest: say with --tag what the new index is called");
        };
    }
}
