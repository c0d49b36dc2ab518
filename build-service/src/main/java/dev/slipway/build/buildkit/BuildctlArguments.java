package dev.slipway.build.buildkit;

import dev.slipway.build.BuildInputs;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.image.CreationTime;
import dev.slipway.build.tool.CachePlace;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.wire.Loopback;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Command lines of buildctl. No request's words stand where it looks for an option. */
final class BuildctlArguments {
    private static final String EPOCH = "SOURCE_DATE_EPOCH";

    private final BuildKitSettings settings;

    BuildctlArguments(BuildKitSettings settings) {
        this.settings = settings;
    }

    /**
     * Paths of one build.
     *
     * @param metadata where buildctl is to write what was built
     */
    record Paths(Path context, Path dockerfile, Path metadata) {}

    /** Asks what the daemon is and on what it builds. */
    List<String> workers() {
        List<String> words = start();
        words.addAll(List.of("debug", "workers", "--format={{json .}}"));
        return List.copyOf(words);
    }

    /**
     * Labels and annotations are not among the options: they come in later, lest they be part of cache keys.
     *
     * @param loadFrontend whether the frontend that the Dockerfile or the request names is loaded; where not, the built-in one
     *     does it, also where Docker's own is named
     */
    List<String> build(PlatformBuildTask task, Paths paths, boolean loadFrontend) {
        BuildInputs inputs = task.inputs();
        boolean timed = inputs.reproducible() || CreationTime.set(inputs).isPresent();
        List<String> words = start();
        words.add("build");
        words.add("--progress=rawjson");
        words.add("--frontend=dockerfile.v0");
        words.add("--local=context=" + paths.context());
        words.add("--local=dockerfile=" + paths.dockerfile().getParent());
        words.add("--opt=filename=" + paths.dockerfile().getFileName());
        words.add("--opt=platform=" + task.platform().name());
        if (!loadFrontend) {
            words.add("--opt=cmdline=built-in");
        }
        Optional.ofNullable(inputs.target()).ifPresent(target -> words.add("--opt=target=" + target));
        inputs.buildArgs().forEach((name, value) -> words.add("--opt=build-arg:" + name + "=" + value));
        if (timed && !inputs.buildArgs().containsKey(EPOCH)) {
            words.add("--opt=build-arg:%s=%d"
                    .formatted(EPOCH, CreationTime.of(inputs).image().getEpochSecond()));
        }
        if (inputs.noCache()) {
            words.add("--no-cache");
        }
        inputs.resources().cacheFrom().stream().map(CachePlace::parse).forEach(cache -> importFrom(cache, words));
        inputs.resources().cacheTo().stream().map(CachePlace::parse).forEach(cache -> exportTo(cache, words));
        words.addAll(settings.files().options(inputs.resources()));
        words.add("--metadata-file=" + paths.metadata());
        words.add("--output=type=image,name=%s,push=true,push-by-digest=true,oci-mediatypes=true%s%s"
                .formatted(
                        settings.staging(),
                        insecure(settings.staging().registry()),
                        timed ? ",rewrite-timestamp=true" : ""));
        return List.copyOf(words);
    }

    private List<String> start() {
        List<String> words = new ArrayList<>(List.of(settings.program()));
        words.addAll(settings.daemon().options());
        return words;
    }

    /** A local one that nobody has written yet has nothing to give. */
    private void importFrom(CachePlace cache, List<String> words) {
        switch (cache) {
            case CachePlace.Registry(Reference reference, boolean ignored) ->
                words.add("--import-cache=type=registry,ref=" + reference
                        + insecure(reference.repository().registry()));
            case CachePlace.Local(String name, boolean ignored) -> {
                Path directory = settings.caches().path(name);
                if (Files.exists(directory.resolve("index.json"))) {
                    words.add("--import-cache=type=local,src=" + directory);
                }
            }
        }
    }

    private void exportTo(CachePlace cache, List<String> words) {
        switch (cache) {
            case CachePlace.Registry(Reference reference, boolean max) ->
                words.add("--export-cache=type=registry,ref=%s,mode=%s%s"
                        .formatted(
                                reference,
                                max ? "max" : "min",
                                insecure(reference.repository().registry())));
            case CachePlace.Local(String name, boolean max) ->
                words.add("--export-cache=type=local,dest=%s,mode=%s"
                        .formatted(settings.caches().path(name), max ? "max" : "min"));
        }
    }

    /** As Slipway itself does it: no TLS with this machine's own registries. */
    private static String insecure(String registry) {
        return Loopback.is(URI.create("http://" + registry).getHost()) ? ",registry.insecure=true" : "";
    }
}
