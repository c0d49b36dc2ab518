package dev.slipway.build.embedded.peer;

import dev.slipway.build.embedded.Builds;
import dev.slipway.build.embedded.tree.Tars;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.MemoryStore;
import dev.slipway.oci.image.Healthcheck;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Base images that both builders can reach. */
final class PeerBases {
    private final Builds builds;
    private final String registry;
    private final RegistryClient client;

    PeerBases(Builds builds, String registry, RegistryClient client) {
        this.builds = builds;
        this.registry = registry;
        this.client = client;
    }

    void push() {
        push("bare", ImageConfig.of(Builds.AMD64), new Tars().directory("etc", 0755));
        push(
                "full",
                ImageConfig.of(Builds.AMD64)
                        .withEnv(List.of("LANG=C", "PATH=/opt/bin:/bin", "HOME=/srv"))
                        .withUser("app")
                        .withWorkingDir("/srv")
                        .withEntrypoint(List.of("/init"))
                        .withCmd(List.of("serve"))
                        .withLabels(Map.of("maintainer", "base", "kept", "yes"))
                        .withExposedPorts(List.of("80/tcp"))
                        .withVolumes(List.of("/vol"))
                        .withStopSignal("SIGQUIT")
                        .withShell(List.of("/bin/bash", "-c"))
                        .withHealthcheck(new Healthcheck(
                                List.of("CMD", "true"),
                                Duration.ofSeconds(9),
                                Duration.ZERO,
                                Duration.ZERO,
                                Duration.ZERO,
                                2)),
                new Tars()
                        .directory("etc", 0755)
                        .file("etc/passwd", "root:x:0:0::/root:/bin/sh\napp:x:1000:1001::/srv:/bin/sh\n")
                        .file("etc/group", "root:x:0:\nstaff:x:50:app\n")
                        .directory("usr", 0751)
                        .directory("usr/bin", 0711)
                        .file("usr/bin/tool", 04755, 0, 0, "tool")
                        .hardLink("usr/bin/tool2", "usr/bin/tool", 04755)
                        .symlink("bin", "usr/bin")
                        .directory("tmp", 01777)
                        .directory("srv", 0755)
                        .file("srv/old", 0600, 1000, 1001, "old")
                        .directory("srv/gone", 0755)
                        .file("srv/gone/x", "x")
                        .directory("srv/opaque", 0700)
                        .file("srv/opaque/x", "x")
                        .symlink("srv/link-to-file", "old")
                        .symlink("srv/link-to-dir", "/tmp")
                        .symlink("srv/dangling", "/nowhere/x")
                        .symlink("srv/circle", "circle"),
                new Tars()
                        .directory("srv", 02775, 5, 6)
                        .file("srv/.wh.gone", "")
                        .file("srv/opaque/.wh..wh..opq", "")
                        .file("srv/opaque/y", "y")
                        .file("srv/new", "new"));
    }

    private void push(String name, ImageConfig config, Tars... layers) {
        Reference.Digested reference = builds.base(name, config, layers);
        MemoryStore from = builds.registry.open(reference.repository());
        RegistryRepository to = client.repository(new RepositoryName(registry, "library/" + name));
        ImageManifest image =
                ImageManifest.of(from.manifest(reference.digest().value()).orElseThrow());
        Stream.concat(Stream.of(image.config()), image.layers().stream())
                .forEach(blob -> to.putBlob(blob, BlobSource.of(from.bytes(blob.digest()))));
        Descriptor pushed = to.tag(image.manifest(), "1");
        builds.bases.put(registry + "/library/" + name + ":1", reference);
        if (!pushed.digest().equals(reference.digest())) {
            throw new IllegalStateException("the registry has another image");
        }
    }
}
