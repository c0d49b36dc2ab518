package dev.slipway.cli.images;

import dev.slipway.cli.build.CheckRequest;
import dev.slipway.cli.index.ChangeIndex;
import dev.slipway.cli.index.RequestChange;
import dev.slipway.cli.options.Checked;
import dev.slipway.cli.options.Context;
import dev.slipway.cli.options.GatewayOption;
import dev.slipway.cli.options.Options;
import dev.slipway.cli.options.Subcommand;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.request.AskServices;
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
        return GatewayOption.addTo(Options.command(
                        name,
                        description + " This command does it by itself, and signs nothing: see 'slipway sign'. With"
                                + " --publish the services do it.")
                .addPositional(Options.argument("REF", true, "The index: REGISTRY/NAME:TAG or REGISTRY/NAME@DIGEST."))
                .addOption(Options.repeated(
                        "-t",
                        "--tag",
                        "TAG",
                        "What the new index is called there; by default the tag of REF. With --publish also"
                                + " REGISTRY/NAME:TAG."))
                .addOption(Options.flag(
                        "--publish",
                        "Ask the services, by an event: every image is verified, and all tags move or none."))
                .addOption(Options.flag("--sign", "With --publish: sign index and images before they are visible.")));
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
        boolean append = action.commandSpec().name().equals(APPEND);
        List<Reference> images = append ? images(action) : List.of();
        List<Platform> platforms = append ? List.of() : platforms(action);
        List<String> tags = Options.texts(action, "--tag");
        if (Options.isSet(action, "--publish")) {
            publish(action, reference, images, platforms, tags);
            return 0;
        }
        if (Options.isSet(action, "--sign")) {
            throw CommandFailure.usage("--sign needs --publish; 'slipway sign' signs what lies in a registry");
        }
        List<String> names = tags(reference, tags);
        try (RegistryClient registries = context.registries()) {
            ChangeIndex change = new ChangeIndex(registries, reference);
            ImageIndex index = append ? change.append(images, names) : change.remove(platforms, names);
            context.terminal().print(index.digest().value());
        }
        return 0;
    }

    private void publish(
            ParseResult action,
            Reference reference,
            List<Reference> images,
            List<Platform> platforms,
            List<String> tags) {
        List<Reference.Tagged> targets = tags.isEmpty()
                ? tags(reference, tags).stream()
                        .map(tag -> new Reference.Tagged(reference.repository(), tag))
                        .toList()
                : tags.stream()
                        .map(tag -> Checked.option("--tag", () -> target(reference, tag)))
                        .toList();
        new RequestChange(
                        new AskServices(GatewayOption.gateway(context, action), context.clock(), context.environment()))
                .request(new RequestChange.Wanted(
                        reference, images, platforms, targets, Options.isSet(action, "--sign")))
                .lines()
                .forEach(context.terminal()::print);
    }

    /** A tag alone is one of the index's own repository. */
    private static Reference.Tagged target(Reference reference, String text) {
        return text.contains("/") || text.contains(":")
                ? Reference.parseTagged(text)
                : new Reference.Tagged(reference.repository(), text);
    }

    private static List<Reference> images(ParseResult action) {
        return required("--image", Options.texts(action, "--image")).stream()
                .map(text -> Checked.option("--image", () -> Reference.parse(text)))
                .toList();
    }

    private static List<Platform> platforms(ParseResult action) {
        return CheckRequest.platforms("--platform", required("--platform", Options.texts(action, "--platform")));
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
