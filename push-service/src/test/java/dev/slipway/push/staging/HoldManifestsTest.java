package dev.slipway.push.staging;

import static dev.slipway.push.staging.StageFixture.A;
import static dev.slipway.push.staging.StageFixture.B;
import static dev.slipway.push.staging.StageFixture.staged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.push.InMemoryRegistries;
import dev.slipway.push.InMemoryRegistries.Action;
import dev.slipway.push.InMemoryRegistries.Fault;
import dev.slipway.push.InMemoryRegistries.Verb;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.PublishPolicy;
import dev.slipway.push.TargetFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a registry collects what no tag names, all that is staged there has a tag. */
final class HoldManifestsTest {
    @TempDir
    Path spool;

    private StageFixture world;
    private PublishPlan plan;
    private final List<Manifest> all = new ArrayList<>();

    @BeforeEach
    void makeImage() {
        world = new StageFixture(spool);
        world.registries.collectsUntagged("a.test");
        Manifest sbom = world.image.referrer(world.staging, "sbom");
        plan = world.plan(PublishPolicy.ALL, List.of(sbom.descriptor()), List.of(), A, B);
        all.addAll(world.image.children());
        all.add(sbom);
        all.add(world.image.index());
    }

    private static Reference.Tagged hold(Reference.Tagged target, Manifest manifest) {
        return new Reference.Tagged(target.repository(), HoldManifests.tag(manifest.digest()));
    }

    private boolean allHeld() {
        return all.stream()
                .allMatch(manifest -> world.registries
                        .named(hold(A, manifest))
                        .filter(manifest.digest()::equals)
                        .isPresent());
    }

    @Test
    void namesEachManifestByItsDigestTheIndexLastAndNothingElsewhere() {
        staged(world.stageImage.stage(plan));

        assertThat(allHeld()).isTrue();
        assertThat(all)
                .allMatch(manifest -> world.registries.named(hold(B, manifest)).isEmpty());
        assertThat(world.registries.actions())
                .filteredOn(action -> action.verb() == Verb.TAG)
                .hasSameSizeAs(all)
                .last()
                .matches(action -> action.is(Verb.TAG, hold(A, world.image.index())));
    }

    @Test
    void writesNoTagTwice() {
        staged(world.stageImage.stage(plan));
        world.registries.forgetActions();

        staged(world.stageImage.stage(plan));

        assertThat(world.registries.actions()).noneMatch(action -> action.verb().writes());
    }

    @Test
    void holdsWhatWasStagedAndNotHeld() {
        Action[] first = new Action[1];
        world.registries.fault(new Fault() {
            @Override
            public void before(Action action) {
                if (action.verb() == Verb.TAG) {
                    first[0] = action;
                    throw InMemoryRegistries.failure(StoreException.Kind.REFUSED, action);
                }
            }
        });
        assertThat(StageFixture.failures(world.stageImage.stage(plan)))
                .extracting(TargetFailure::reason)
                .containsExactly(TargetFailure.Reason.REGISTRY_REFUSED);
        assertThat(first[0]).isNotNull();
        world.registries.fault(Fault.NONE);

        staged(world.stageImage.stage(plan));

        assertThat(allHeld()).isTrue();
    }
}
