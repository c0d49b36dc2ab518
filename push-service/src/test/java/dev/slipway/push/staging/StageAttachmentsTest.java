package dev.slipway.push.staging;

import static dev.slipway.push.InMemoryRegistries.failure;
import static dev.slipway.push.staging.StageFixture.A;
import static dev.slipway.push.staging.StageFixture.B;
import static dev.slipway.push.staging.StageFixture.failures;
import static dev.slipway.push.staging.StageFixture.staged;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.push.InMemoryRegistries.Action;
import dev.slipway.push.InMemoryRegistries.Fault;
import dev.slipway.push.InMemoryRegistries.Verb;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.PublishPlan.Attachment;
import dev.slipway.push.PublishPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tag of its own names beside the image. */
final class StageAttachmentsTest {
    @TempDir
    Path spool;

    private StageFixture world;

    @BeforeEach
    void makeImage() {
        world = new StageFixture(spool);
    }

    @Test
    void attachesToEachTargetWhatIsForIt() {
        Manifest forA = world.image.referrer(world.staging, "signed as a");
        Manifest forAll = world.image.referrer(world.staging, "attested");
        PublishPlan plan = world.plan(
                PublishPolicy.ALL,
                List.of(),
                List.of(
                        new Attachment(forA.descriptor(), "x.sig", Optional.of(A.repository())),
                        new Attachment(forAll.descriptor(), "x.att", Optional.empty())),
                A,
                B);

        staged(world.stageImage.stage(plan));

        assertThat(named(A, "x.sig")).contains(forA.digest());
        assertThat(named(B, "x.sig")).isEmpty();
        assertThat(named(A, "x.att")).contains(forAll.digest());
        assertThat(named(B, "x.att")).contains(forAll.digest());
        assertThat(world.registries.hasBlob(B.repository(), Digest.of("attested".getBytes(UTF_8))))
                .isTrue();
        assertThat(world.registries.hasBlob(B.repository(), Digest.of("signed as a".getBytes(UTF_8))))
                .isFalse();

        world.registries.forgetActions();
        staged(world.stageImage.stage(plan));

        assertThat(world.registries.actions()).noneMatch(action -> action.verb().writes());
    }

    private Optional<Digest> named(Reference.Tagged beside, String tag) {
        return world.registries.named(new Reference.Tagged(beside.repository(), tag));
    }

    @Test
    void failsATargetThatTakesNoAttachment() {
        Attachment attachment =
                new Attachment(world.image.referrer(world.staging, "signed").descriptor(), "x.sig", Optional.empty());
        PublishPlan plan = world.plan(PublishPolicy.ALL, List.of(), List.of(attachment), A, B);
        world.registries.fault(new Fault() {
            @Override
            public void before(Action action) {
                if (action.verb() == Verb.TAG && action.repository().equals(B.repository())) {
                    throw failure(StoreException.Kind.IMMUTABLE, action);
                }
            }
        });

        assertThat(failures(world.stageImage.stage(plan)))
                .singleElement()
                .satisfies(failure -> assertThat(failure.registry()).isEqualTo("b.test"));
    }
}
