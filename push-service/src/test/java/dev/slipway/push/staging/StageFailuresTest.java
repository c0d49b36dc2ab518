package dev.slipway.push.staging;

import static dev.slipway.push.InMemoryRegistries.failure;
import static dev.slipway.push.staging.StageFixture.A;
import static dev.slipway.push.staging.StageFixture.B;
import static dev.slipway.push.staging.StageFixture.C;
import static dev.slipway.push.staging.StageFixture.failures;
import static dev.slipway.push.staging.StageFixture.staged;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.push.InMemoryRegistries.Action;
import dev.slipway.push.InMemoryRegistries.Fault;
import dev.slipway.push.InMemoryRegistries.Verb;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.PublishPolicy;
import dev.slipway.push.StagedTarget;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets and staging that fail while an image is brought, and registries that show late what they took. */
final class StageFailuresTest {
    @TempDir
    Path spool;

    private StageFixture world;

    @BeforeEach
    void makeImage() {
        world = new StageFixture(spool);
    }

    @ParameterizedTest
    @EnumSource(
            value = Verb.class,
            names = {"RESOLVE", "GET_MANIFEST", "GET_BLOB", "HEAD_BLOB", "PUT_BLOB", "PUT_MANIFEST"})
    void namesTheRegistryThatRefusesAndLeavesAllUntouched(Verb verb) {
        world.registries.fault(new Fault() {
            @Override
            public void before(Action action) {
                if (action.verb() == verb && action.repository().equals(B.repository())) {
                    throw failure(StoreException.Kind.UNAUTHORIZED, action);
                }
            }
        });

        StagingOutcome outcome = world.stageImage.stage(world.plan(PublishPolicy.ALL, A, B, C));

        assertThat(failures(outcome)).hasSize(1).first().satisfies(failure -> {
            assertThat(failure.registry()).startsWith("b.test");
            assertThat(failure.message()).contains("b.test answered no");
        });
        assertThat(((StagingOutcome.NotStaged) outcome).outcome().targets())
                .hasSize(3)
                .extracting(TargetResult::state)
                .containsOnly(TargetResult.State.UNTOUCHED);
    }

    @ParameterizedTest
    @EnumSource(
            value = PublishPolicy.class,
            names = {"QUORUM", "ANY"})
    void goesOnWithoutATargetWhereThePolicyAllows(PublishPolicy policy) {
        world.registries.fault(down("b.test"));

        StagingOutcome.Staged outcome = staged(world.stageImage.stage(world.plan(policy, A, B, C)));

        assertThat(outcome.targets()).extracting(StagedTarget::reference).containsExactly(A, C);
        assertThat(outcome.leftOut()).extracting(TargetResult::reference).containsExactly(B);
        assertThat(outcome.leftOut().getFirst().failure())
                .get()
                .extracting(TargetFailure::reason)
                .isEqualTo(TargetFailure.Reason.REGISTRY_UNAVAILABLE);
    }

    @Test
    void aQuorumIsMoreThanHalf() {
        world.registries.fault(down("b.test"));

        assertThat(failures(world.stageImage.stage(world.plan(PublishPolicy.QUORUM, A, B))))
                .hasSize(1);
    }

    private static Fault down(String registry) {
        return new Fault() {
            @Override
            public void before(Action action) {
                if (action.repository().registry().equals(registry)) {
                    throw failure(StoreException.Kind.UNAVAILABLE, action);
                }
            }
        };
    }

    @Test
    void blamesStagingWhenStagingIsDown() {
        world.staging.down(true);

        assertThat(failures(world.stageImage.stage(world.plan(PublishPolicy.ALL, A, B))))
                .singleElement()
                .satisfies(failure -> assertThat(failure.registry()).isEqualTo(world.staging.location()));
    }

    @Test
    void blamesStagingForAnIndexThatIsNone() {
        Manifest broken = Manifest.of(MediaTypes.IMAGE_INDEX, "{\"manifests\":7}".getBytes(UTF_8));
        world.staging.putManifest(broken);
        PublishPlan plan = new PublishPlan(
                "build-1", Instant.EPOCH, broken.descriptor(), List.of(), List.of(), List.of(A, B), PublishPolicy.ALL);

        assertThat(failures(world.stageImage.stage(plan))).singleElement().satisfies(failure -> {
            assertThat(failure.registry()).isEqualTo(world.staging.location());
            assertThat(failure.reason()).isEqualTo(TargetFailure.Reason.VERIFICATION_FAILED);
            assertThat(failure.retryable()).isFalse();
        });
    }

    @Test
    void blamesStagingForABlobThatIsCorruptThere() {
        world.staging.corrupt(world.image.layers().getFirst().digest());

        assertThat(failures(world.stageImage.stage(world.plan(PublishPolicy.ALL, A, B))))
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.registry()).isEqualTo(world.staging.location());
                    assertThat(failure.reason()).isEqualTo(TargetFailure.Reason.VERIFICATION_FAILED);
                });
        assertThat(spool).isEmptyDirectory();
    }

    /** How often a registry denies what it has just taken. */
    private Fault late(String digest, int denials) {
        Map<RepositoryName, Integer> asked = new ConcurrentHashMap<>();
        return new Fault() {
            @Override
            public void before(Action action) {
                if (action.verb() == Verb.GET_MANIFEST
                        && action.what().equals(digest)
                        && asked.merge(action.repository(), 1, Integer::sum) <= denials) {
                    world.registries.removeManifest(
                            action.repository(),
                            world.image.children().getFirst().digest());
                } else if (action.verb() == Verb.GET_MANIFEST && action.what().equals(digest)) {
                    world.registries.putManifest(
                            action.repository(), world.image.children().getFirst());
                }
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 49})
    void waitsForARegistryThatShowsLate(int denials) {
        world.registries.fault(late(world.image.children().getFirst().digest().value(), denials));

        staged(world.stageImage.stage(world.plan(PublishPolicy.ALL, A)));
    }

    @Test
    void doesNotWaitForEver() {
        world.registries.fault(late(world.image.children().getFirst().digest().value(), 1000));

        assertThat(failures(world.stageImage.stage(world.plan(PublishPolicy.ALL, A))))
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.reason()).isEqualTo(TargetFailure.Reason.CHILD_MANIFEST_MISSING);
                    assertThat(failure.message()).contains("a.test/app").contains("5000 ms");
                });
    }

    @Test
    void anUnreadableChildIsAFailure() {
        String child = world.image.children().getFirst().digest().value();
        world.registries.fault(new Fault() {
            @Override
            public void before(Action action) {
                if (action.verb() == Verb.GET_MANIFEST && action.what().equals(child)) {
                    throw failure(StoreException.Kind.UNAVAILABLE, action);
                }
            }
        });

        assertThat(failures(world.stageImage.stage(world.plan(PublishPolicy.ALL, A))))
                .extracting(TargetFailure::reason)
                .containsExactly(TargetFailure.Reason.CHILD_MANIFEST_MISSING);
    }
}
