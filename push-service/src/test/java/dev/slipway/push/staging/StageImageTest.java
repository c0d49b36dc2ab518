package dev.slipway.push.staging;

import static dev.slipway.push.staging.StageFixture.A;
import static dev.slipway.push.staging.StageFixture.B;
import static dev.slipway.push.staging.StageFixture.C;
import static dev.slipway.push.staging.StageFixture.LARGE;
import static dev.slipway.push.staging.StageFixture.STAGING;
import static dev.slipway.push.staging.StageFixture.staged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import dev.slipway.push.InMemoryRegistries.Action;
import dev.slipway.push.InMemoryRegistries.Verb;
import dev.slipway.push.PublishPolicy;
import dev.slipway.push.StagedTarget;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StageImageTest {
    @TempDir
    Path spool;

    private StageFixture world;

    @BeforeEach
    void makeImage() {
        world = new StageFixture(spool);
    }

    @Test
    void bringsEverythingToEveryTargetAndTouchesNoTag() {
        StagingOutcome outcome = world.stageImage.stage(world.plan(PublishPolicy.ALL, A, B, C));

        assertThat(staged(outcome).targets())
                .extracting(StagedTarget::reference)
                .containsExactly(A, B, C);
        assertThat(staged(outcome).targets()).noneMatch(StagedTarget::digestWasPresent);
        List.of(A, B, C).forEach(target -> world.assertComplete(target.repository()));
        assertThat(world.registries.actions()).noneMatch(action -> action.verb().changesTags());
    }

    @Test
    void readsEachBlobOnceHoweverManyTargets() {
        world.stageImage.stage(world.plan(PublishPolicy.ALL, A, B, C));

        assertThat(world.image.layers()).allMatch(layer -> world.staging.reads(layer.digest()) == 1);
        assertThat(world.image.configs()).allMatch(config -> world.staging.reads(config.digest()) == 1);
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void takesBlobsOverWhereStagingIsOnTheSameRegistry() {
        Reference.Tagged beside = Reference.parseTagged("staging.test/app:1");
        world.image.layers().forEach(layer -> world.registries.putBlob(STAGING, world.staging.blob(layer)));
        world.image.configs().forEach(config -> world.registries.putBlob(STAGING, world.staging.blob(config)));

        StagingOutcome outcome = world.stageImage.stage(world.plan(PublishPolicy.ALL, beside));

        world.assertComplete(beside.repository());
        StagedTarget target = staged(outcome).targets().getFirst();
        assertThat(target.traffic().bytesSent()).isZero();
        assertThat(target.traffic().bytesMounted()).isGreaterThan(3 * LARGE);
    }

    @Test
    void sendsOnceToARegistryWithTwoRepositories() {
        Reference.Tagged second = Reference.parseTagged("a.test/other:1");

        world.stageImage.stage(world.plan(PublishPolicy.ALL, A, second));

        world.assertComplete(A.repository());
        world.assertComplete(second.repository());
        assertThat(world.registries.actions())
                .filteredOn(action -> action.verb() == Verb.PUT_BLOB)
                .hasSize(world.image.layers().size() + world.image.configs().size());
    }

    @Test
    void countsTheTrafficOfARepositoryAtItsFirstTag() {
        Reference.Tagged latest = Reference.parseTagged("a.test/app:latest");

        List<StagedTarget> targets = staged(world.stageImage.stage(world.plan(PublishPolicy.ALL, A, latest)))
                .targets();

        assertThat(targets.get(0).traffic().bytesSent()).isGreaterThan(3 * LARGE);
        assertThat(targets.get(1).traffic().bytesSent()).isZero();
    }

    @Test
    void sendsNothingThatIsThere() {
        world.stageImage.stage(world.plan(PublishPolicy.ALL, A));
        world.registries.forgetActions();

        StagingOutcome outcome = world.stageImage.stage(world.plan(PublishPolicy.ALL, A));

        assertThat(staged(outcome).targets()).allMatch(StagedTarget::digestWasPresent);
        assertThat(world.registries.actions())
                .extracting(Action::verb)
                .doesNotContain(Verb.PUT_BLOB, Verb.PUT_MANIFEST, Verb.MOUNT);
    }

    @Test
    void asksOnlyForTheTagAndTheDigestWhereTheTagNamesItAlready() {
        world.stageImage.stage(world.plan(PublishPolicy.ALL, A));
        world.registries.put(A, world.image.index());
        world.registries.forgetActions();

        world.stageImage.stage(world.plan(PublishPolicy.ALL, A));

        assertThat(world.registries.actions()).extracting(Action::verb).containsExactly(Verb.RESOLVE, Verb.RESOLVE);
    }

    @Test
    void mendsATargetThatHasTheIndexAndLacksAChild() {
        world.stageImage.stage(world.plan(PublishPolicy.ALL, A));
        world.registries.removeManifest(
                A.repository(), world.image.children().getFirst().digest());

        StagingOutcome outcome = world.stageImage.stage(world.plan(PublishPolicy.ALL, A));

        staged(outcome);
        world.assertComplete(A.repository());
    }

    @Test
    void writesSubjectsBeforeTheirReferrers() {
        Manifest referrer = world.image.referrer(world.staging, "sbom");

        world.stageImage.stage(world.plan(PublishPolicy.ALL, List.of(referrer.descriptor()), List.of(), A));

        assertThat(world.registries.actions())
                .filteredOn(action -> action.verb() == Verb.PUT_MANIFEST)
                .extracting(Action::what)
                .endsWith(
                        world.image.index().digest().value(), referrer.digest().value());
    }
}
