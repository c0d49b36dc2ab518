package dev.slipway.build.buildah;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.BuildInputs;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.image.CreationTime;
import dev.slipway.build.tool.CachePlace;
import dev.slipway.oci.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Command lines of Buildah. No request's words stand where Buildah looks for an option. */
final class BuildahArguments {
    private final BuildahSettings settings;

    BuildahArguments(BuildahSettings settings) {
        this.settings = settings;
    }

    /**
     * Paths of one build.
     *
     * @param ignore a file that ignores nothing
     * @param imageId where Buildah is to write what it built
     */
    record Paths(Path context, Path dockerfile, Path ignore, Path imageId) {}

    /** Labels and annotations are not among the options: they come in later, lest they be part of cache keys. */
    List<String> build(PlatformBuildTask task, Paths paths) {
        BuildInputs inputs = task.inputs();
        List<String> words = start("build");
        words.add("--isolation=" + settings.isolation().option());
        words.add("--network=host");
        words.add("--platform=" + task.platform().name());
        words.add("--file=" + paths.dockerfile());
        words.add("--ignorefile=" + paths.ignore());
        words.add("--iidfile=" + paths.imageId());
        words.add("--format=oci");
        words.add("--identity-label=false");
        words.add("--layers");
        words.add("--force-rm");
        if (inputs.noCache()) {
            words.add("--no-cache");
        }
        Optional.ofNullable(inputs.target()).ifPresent(target -> words.add("--target=" + target));
        inputs.buildArgs().forEach((name, value) -> words.add("--build-arg=" + name + "=" + value));
        if (inputs.reproducible() || CreationTime.set(inputs).isPresent()) {
            words.add("--timestamp=" + CreationTime.of(inputs).image().getEpochSecond());
        }
        inputs.resources().cacheFrom().forEach(cache -> words.add("--cache-from=" + repository(cache)));
        inputs.resources().cacheTo().forEach(cache -> words.add("--cache-to=" + repository(cache)));
        words.addAll(settings.files().options(inputs.resources()));
        words.add("--");
        words.add(paths.context().toString());
        return List.copyOf(words);
    }

    /** Writes an image into a layout. */
    List<String> export(String imageId, Path layout) {
        List<String> words = start("push");
        words.addAll(List.of("--quiet", "--format=oci", "--", imageId, "oci:" + layout));
        return List.copyOf(words);
    }

    /** Removes what killed builds have left. */
    List<String> removeContainers() {
        List<String> words = start("rm");
        words.add("--all");
        return List.copyOf(words);
    }

    private List<String> start(String command) {
        return new ArrayList<>(List.of(
                settings.program(),
                "--root=" + settings.storage().resolve("root"),
                "--runroot=" + settings.storage().resolve("run"),
                command));
    }

    /** Buildah tags what it keeps by itself. */
    private static String repository(String cache) {
        return switch (CachePlace.parse(cache)) {
            case CachePlace.Registry(Reference reference, boolean ignored) ->
                reference.repository().toString();
            case CachePlace.Local local ->
                throw BuildException.permanent(
                        Reason.OPTION_UNSUPPORTED,
                        "Buildah keeps caches on registries, and '%s' is a local one; expected type=registry,ref=…"
                                .formatted(local.name()));
        };
    }
}
