package dev.slipway.push.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.push.InMemoryRegistries;
import dev.slipway.push.InMemoryStaging;
import dev.slipway.push.Manifests;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.PublishPolicy;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TestImage;
import dev.slipway.push.TestWork;
import dev.slipway.push.source.StagingArea;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** An image in staging and registries that it is brought to. */
final class StageFixture {
    static final Reference.Tagged A = Reference.parseTagged("a.test/app:1");
    static final Reference.Tagged B = Reference.parseTagged("b.test/app:1");
    static final Reference.Tagged C = Reference.parseTagged("c.test/app:1");
    static final RepositoryName STAGING = new RepositoryName("staging.test", "slipway/staging");
    static final int LARGE = 300_000;

    final InMemoryStaging staging = new InMemoryStaging();
    final InMemoryRegistries registries = new InMemoryRegistries();
    final TestImage image = TestImage.in(staging, "one", LARGE);
    final StageImage stageImage;

    StageFixture(Path spool) {
        StagingArea area = new StagingArea(staging, STAGING, new Manifests(staging, 1 << 20), spool, 4);
        stageImage = new StageImage(area, registries, VerifyLimits.DEFAULT, TestWork.create());
    }

    PublishPlan plan(PublishPolicy policy, Reference.Tagged... targets) {
        return plan(policy, List.of(), List.of(), targets);
    }

    PublishPlan plan(
            PublishPolicy policy,
            List<Descriptor> referrers,
            List<PublishPlan.Attachment> attachments,
            Reference.Tagged... targets) {
        return new PublishPlan(
                "b1", Instant.EPOCH, image.index().descriptor(), referrers, attachments, List.of(targets), policy);
    }

    static StagingOutcome.Staged staged(StagingOutcome outcome) {
        assertThat(outcome).isInstanceOf(StagingOutcome.Staged.class);
        return (StagingOutcome.Staged) outcome;
    }

    static List<TargetFailure> failures(StagingOutcome outcome) {
        assertThat(outcome).isInstanceOf(StagingOutcome.NotStaged.class);
        return ((StagingOutcome.NotStaged) outcome).outcome().failures();
    }

    void assertComplete(RepositoryName repository) {
        for (Manifest manifest : image.children()) {
            assertThat(registries.hasManifest(repository, manifest.digest())).isTrue();
        }
        assertThat(registries.hasManifest(repository, image.index().digest())).isTrue();
        image.layers()
                .forEach(layer -> assertThat(registries.hasBlob(repository, layer.digest()))
                        .isTrue());
        image.configs()
                .forEach(config -> assertThat(registries.hasBlob(repository, config.digest()))
                        .isTrue());
    }
}
