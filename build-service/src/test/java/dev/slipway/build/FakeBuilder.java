package dev.slipway.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.registry.RegistryClient;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Does what the Dockerfile's only line says: {@code FROM scratch}, {@code FAIL}, {@code BREAK}, or a base image. */
@Alternative
@Priority(1)
@Singleton
public final class FakeBuilder implements ImageBuilder, DockerfileInspector {
    private final ContentStore staging;

    public FakeBuilder(RegistryClient registries, @ConfigProperty(name = "slipway.staging") String staging) {
        this.staging = registries.repository(Reference.parse(staging).repository());
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public Findings inspect(byte[] dockerfile, Options options) {
        String line = new String(dockerfile, UTF_8).strip();
        if (line.equals("NONSENSE")) {
            throw BuildException.permanent(
                    BuildException.Reason.DOCKERFILE_INVALID, "Dockerfile:1:1: unknown instruction 'NONSENSE'");
        }
        Map<dev.slipway.oci.Platform, Set<String>> bases = new java.util.LinkedHashMap<>();
        if (line.startsWith("BASE ")) {
            options.platforms().forEach(platform -> bases.put(platform, Set.of(line.substring(5))));
        }
        List<Requirement> requirements =
                line.startsWith("RUN") ? List.of(new Requirement("Dockerfile:1:1: RUN", Set.of("buildah"))) : List.of();
        return new Findings(bases, requirements, Optional.empty(), List.of());
    }

    @Override
    public BuiltImage build(PlatformBuildTask task, BuildObserver observer) {
        if (task.inputs().buildArgs().containsKey("FAIL")) {
            throw BuildException.permanent(BuildException.Reason.BUILD_STEP_FAILED, "the step failed");
        }
        if (task.inputs().buildArgs().containsKey("BREAK")) {
            throw new IllegalStateException("a defect");
        }
        ImageConfig config =
                ImageConfig.of(task.platform()).withCreated(task.inputs().created());
        Descriptor blob = Descriptor.of(MediaTypes.IMAGE_CONFIG, config.bytes());
        staging.putBlob(blob, BlobSource.of(config.bytes()));
        return new BuiltImage(ImageManifest.of(blob, List.of()).manifest(), task.platform(), List.of(), 1, 2, 40, 30);
    }
}
