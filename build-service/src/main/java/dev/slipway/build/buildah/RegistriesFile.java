package dev.slipway.build.buildah;

import dev.slipway.build.BuildInputs;
import dev.slipway.build.tool.CachePlace;
import dev.slipway.oci.registry.wire.Loopback;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The file that says which registries are spoken to without TLS: those of this machine, as Slipway itself does it. */
final class RegistriesFile {
    private RegistriesFile() {}

    static Path write(BuildInputs inputs, Path directory) throws IOException {
        Set<String> registries = new TreeSet<>();
        inputs.bases().values().forEach(base -> registries.add(base.repository().registry()));
        Stream.concat(inputs.resources().cacheFrom().stream(), inputs.resources().cacheTo().stream())
                .map(CachePlace::parse)
                .forEach(place -> {
                    if (place instanceof CachePlace.Registry cache) {
                        registries.add(cache.reference().repository().registry());
                    }
                });
        StringBuilder text = new StringBuilder("unqualified-search-registries = [\"docker.io\"]\n");
        registries.stream()
                .filter(registry -> Loopback.is(URI.create("http://" + registry).getHost()))
                .forEach(registry ->
                        text.append("\n[[registry]]\nlocation = \"%s\"\ninsecure = true\n".formatted(registry)));
        return Files.writeString(directory.resolve("registries.conf"), text);
    }
}
