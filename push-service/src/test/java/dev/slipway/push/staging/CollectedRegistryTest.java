package dev.slipway.push.staging;

import static dev.slipway.push.staging.StageFixture.staged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.DockerRegistry;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import dev.slipway.push.InMemoryStaging;
import dev.slipway.push.Manifests;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.PublishPolicy;
import dev.slipway.push.TestImage;
import dev.slipway.push.TestWork;
import dev.slipway.push.registry.OciRegistries;
import dev.slipway.push.source.StagingArea;
import dev.slipway.push.work.Pauses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real CNCF Distribution whose garbage collection takes what no tag names. */
final class CollectedRegistryTest {
    @TempDir
    Path directory;

    @TempDir
    Path spool;

    private final InMemoryStaging staging = new InMemoryStaging();
    private final TestImage image = TestImage.in(staging, "one", 1000);

    @Test
    void keepsWhatIsHeldAndLosesWhatIsNot() throws IOException {
        try (RegistryClient client = new RegistryClient()) {
            try (DockerRegistry registry = DockerRegistry.startOrSkip(directory)) {
                stage(client, registry.name() + "/held:1", Set.of(registry.name()));
                stage(client, registry.name() + "/loose:1", Set.of());
                client.repository(new RepositoryName(registry.name(), "loose")).tag(image.index(), "1");
            }

            DockerRegistry.collectUntagged(directory);

            try (DockerRegistry again = DockerRegistry.startOrSkip(directory)) {
                assertThat(there(client, again, "held")).containsExactlyElementsOf(manifests());
                assertThat(there(client, again, "loose"))
                        .as("though a tag names their index, its images are gone")
                        .containsExactly(image.index());
            }
        }
    }

    private void stage(RegistryClient client, String target, Set<String> collecting) {
        RepositoryName name = new RepositoryName("staging.test", "slipway/staging");
        StageImage stage = new StageImage(
                new StagingArea(staging, name, new Manifests(staging, 1 << 20), spool, 4),
                new OciRegistries(client, 8, 4, Pauses.waiting(), collecting),
                VerifyLimits.DEFAULT,
                TestWork.create());
        staged(stage.stage(new PublishPlan(
                "b1",
                Instant.EPOCH,
                image.index().descriptor(),
                List.of(),
                List.of(),
                List.of(Reference.parseTagged(target)),
                PublishPolicy.ALL)));
    }

    private List<Manifest> manifests() {
        return Stream.concat(image.children().stream(), Stream.of(image.index()))
                .toList();
    }

    private List<Manifest> there(RegistryClient client, DockerRegistry registry, String path) {
        RegistryRepository repository = client.repository(new RepositoryName(registry.name(), path));
        return manifests().stream()
                .filter(manifest ->
                        repository.resolve(manifest.digest().value()).isPresent())
                .toList();
    }
}
