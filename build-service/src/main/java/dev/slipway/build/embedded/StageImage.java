package dev.slipway.build.embedded;

import dev.slipway.build.dockerfile.shell.Variables;
import dev.slipway.build.embedded.base.PulledImage;
import dev.slipway.build.embedded.config.Environment;
import dev.slipway.build.embedded.tree.FileTree;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.History;
import dev.slipway.oci.image.ImageConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The image of a stage while its instructions are carried out: config, files, and what its layers will be. */
final class StageImage implements Variables {
    private final Optional<PulledImage> root;
    private final Supplier<FileTree> below;
    private final Map<String, String> variables;
    private final Map<String, String> labels;
    private final List<ImagePart> parts;
    private ImageConfig config;
    private Environment environment;
    private @Nullable FileTree files;
    private boolean commandIsOwn;

    private StageImage(
            Optional<PulledImage> root,
            Supplier<FileTree> below,
            Map<String, String> arguments,
            Map<String, String> labels,
            List<ImagePart> parts,
            ImageConfig config) {
        this.root = root;
        this.below = below;
        this.labels = new LinkedHashMap<>(labels);
        this.parts = new ArrayList<>(parts);
        this.environment = new Environment(config.env()).withPath();
        this.config = config.withEnv(environment.entries());
        this.variables = new HashMap<>(arguments);
        this.variables.putAll(environment.values());
    }

    static StageImage fromScratch(Platform platform) {
        ImageConfig config = ImageConfig.of(platform).withWorkingDir("/");
        return new StageImage(Optional.empty(), FileTree::empty, Map.of(), Map.of(), List.of(), config);
    }

    static StageImage on(PulledImage image) {
        List<ImagePart> parts = image.layers().stream()
                .<ImagePart>map(layer -> new ImagePart.Below(image, layer))
                .toList();
        return new StageImage(Optional.of(image), image.files(), Map.of(), Map.of(), parts, image.config());
    }

    /** Arguments go on too, as they do for Docker. */
    static StageImage on(StageImage other) {
        return new StageImage(other.root, other::files, other.variables, other.labels, other.parts, other.config);
    }

    /** What a name stands for at this place: whatever {@code ENV} or {@code ARG} said last. */
    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    void declare(String argument, String value) {
        variables.put(argument, value);
    }

    void setEnvironment(Map<String, String> more) {
        variables.putAll(more);
        environment = environment.with(more);
        config = config.withEnv(environment.entries());
    }

    void addLabels(Map<String, String> more) {
        labels.putAll(more);
    }

    /** An entry point takes the command away that came with the base, but not one of this stage. */
    void setEntrypoint(List<String> entrypoint) {
        config = config.withEntrypoint(entrypoint);
        if (!commandIsOwn) {
            config = config.withCmd(List.of());
        }
    }

    void setCommand(List<String> command) {
        config = config.withCmd(command);
        commandIsOwn = true;
    }

    void change(UnaryOperator<ImageConfig> change) {
        config = change.apply(config);
    }

    void add(ImagePart.Added part) {
        parts.add(part);
    }

    void record(History step) {
        List<History> history = new ArrayList<>(config.history());
        history.add(step);
        config = config.withHistory(history);
    }

    /** The files as they are now. They are read from the base on the first call. */
    FileTree files() {
        FileTree known = files;
        if (known == null) {
            known = below.get().copy();
            files = known;
        }
        return known;
    }

    ImageConfig config() {
        return config;
    }

    /** The image that all this rests on; none where it began with nothing. */
    Optional<PulledImage> root() {
        return root;
    }

    /** Those that the Dockerfile sets, without the base's. */
    Map<String, String> labels() {
        return Map.copyOf(labels);
    }

    List<ImagePart> parts() {
        return List.copyOf(parts);
    }
}
