package dev.slipway.push.staging;

import static dev.slipway.push.InMemoryRegistries.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.push.InMemoryRegistries;
import dev.slipway.push.InMemoryRegistries.Action;
import dev.slipway.push.InMemoryRegistries.Fault;
import dev.slipway.push.InMemoryRegistries.Verb;
import dev.slipway.push.InMemoryStaging;
import dev.slipway.push.Manifests;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.PublishPlan.Attachment;
import dev.slipway.push.PublishPolicy;
import dev.slipway.push.StagedTarget;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetResult;
import dev.slipway.push.TestImage;
import dev.slipway.push.TestWork;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StageImageTest {
    private static final Reference.Tagged A = Reference.parseTagged("a.test/app:1");
    private static final Reference.Tagged B = Reference.parseTagged("b.test/app:1");
    private static final Reference.Tagged C = Reference.parseTagged("c.test/app:1");
    private static final RepositoryName STAGING = new RepositoryName("staging.test", "slipway/staging");
    private static final int LARGE = 300_000;

    @TempDir
    Path spool;

    private final InMemoryStaging staging = new InMemoryStaging();
    private final InMemoryRegistries registries = new InMemoryRegistries();
    private TestImage image;
    private StageImage stageImage;

    @BeforeEach
    void makeImage() {
        image = TestImage.in(staging, "one", LARGE);
        stageImage = stageImage();
    }

    private StageImage stageImage() {
        StagingArea area = new StagingArea(staging, STAGING, new Manifests(staging, 1 << 20), spool, 4);
        return new StageImage(area, registries, VerifyLimits.DEFAULT, TestWork.create());
    }

    private PublishPlan plan(PublishPolicy policy, Reference.Tagged... targets) {
        return plan(policy, List.of(), targets);
    }

    private PublishPlan plan(PublishPolicy policy, List<Descriptor> referrers, Reference.Tagged... targets) {
        return new PublishPlan(
                "b1", Instant.EPOCH, image.index().descriptor(), referrers, List.of(), List.of(targets), policy);
    }

    private static StagingOutcome.Staged staged(StagingOutcome outcome) {
        assertThat(outcome).isInstanceOf(StagingOutcome.Staged.class);
        return (StagingOutcome.Staged) outcome;
    }

    private static List<TargetFailure> failures(StagingOutcome outcome) {
        assertThat(outcome).isInstanceOf(StagingOutcome.NotStaged.class);
        return ((StagingOutcome.NotStaged) outcome).outcome().failures();
    }

    private void assertComplete(RepositoryName repository) {
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

    @Test
    void bringsEverythingToEveryTargetAndTouchesNoTag() {
        StagingOutcome outcome = stageImage.stage(plan(PublishPolicy.ALL, A, B, C));

        assertThat(staged(outcome).targets())
                .extracting(StagedTarget::reference)
                .containsExactly(A, B, C);
        assertThat(staged(outcome).targets()).noneMatch(StagedTarget::digestWasPresent);
        List.of(A, B, C).forEach(target -> assertComplete(target.repository()));
        assertThat(registries.actions()).noneMatch(action -> action.verb().changesTags());
    }

    @Test
    void readsEachBlobOnceHoweverManyTargets() {
        stageImage.stage(plan(PublishPolicy.ALL, A, B, C));

        assertThat(image.layers()).allMatch(layer -> staging.reads(layer.digest()) == 1);
        assertThat(image.configs()).allMatch(config -> staging.reads(config.digest()) == 1);
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    void takesBlobsOverWhereStagingIsOnTheSameRegistry() {
        Reference.Tagged beside = Reference.parseTagged("staging.test/app:1");
        image.layers().forEach(layer -> registries.putBlob(STAGING, staging.blob(layer)));
        image.configs().forEach(config -> registries.putBlob(STAGING, staging.blob(config)));

        StagingOutcome outcome = stageImage.stage(plan(PublishPolicy.ALL, beside));

        assertComplete(beside.repository());
        StagedTarget target = staged(outcome).targets().getFirst();
        assertThat(target.traffic().bytesSent()).isZero();
        assertThat(target.traffic().bytesMounted()).isGreaterThan(3 * LARGE);
    }

    @Test
    void sendsOnceToARegistryWithTwoRepositories() {
        Reference.Tagged second = Reference.parseTagged("a.test/other:1");

        stageImage.stage(plan(PublishPolicy.ALL, A, second));

        assertComplete(A.repository());
        assertComplete(second.repository());
        assertThat(registries.actions())
                .filteredOn(action -> action.verb() == Verb.PUT_BLOB)
                .hasSize(image.layers().size() + image.configs().size());
    }

    @Test
    void countsTheTrafficOfARepositoryAtItsFirstTag() {
        Reference.Tagged latest = Reference.parseTagged("a.test/app:latest");

        List<StagedTarget> targets =
                staged(stageImage.stage(plan(PublishPolicy.ALL, A, latest))).targets();

        assertThat(targets.get(0).traffic().bytesSent()).isGreaterThan(3 * LARGE);
        assertThat(targets.get(1).traffic().bytesSent()).isZero();
    }

    @Test
    void sendsNothingThatIsThere() {
        stageImage.stage(plan(PublishPolicy.ALL, A));
        registries.forgetActions();

        StagingOutcome outcome = stageImage.stage(plan(PublishPolicy.ALL, A));

        assertThat(staged(outcome).targets()).allMatch(StagedTarget::digestWasPresent);
        assertThat(registries.actions())
                .extracting(Action::verb)
                .doesNotContain(Verb.PUT_BLOB, Verb.PUT_MANIFEST, Verb.MOUNT);
    }

    @Test
    void asksOnlyForTheTagAndTheDigestWhereTheTagNamesItAlready() {
        stageImage.stage(plan(PublishPolicy.ALL, A));
        registries.put(A, image.index());
        registries.forgetActions();

        stageImage.stage(plan(PublishPolicy.ALL, A));

        assertThat(registries.actions()).extracting(Action::verb).containsExactly(Verb.RESOLVE, Verb.RESOLVE);
    }

    @Test
    void mendsATargetThatHasTheIndexAndLacksAChild() {
        stageImage.stage(plan(PublishPolicy.ALL, A));
        registries.removeManifest(A.repository(), image.children().getFirst().digest());

        StagingOutcome outcome = stageImage.stage(plan(PublishPolicy.ALL, A));

        staged(outcome);
        assertComplete(A.repository());
    }

    @Test
    void writesSubjectsBeforeTheirReferrers() {
        Manifest referrer = image.referrer(staging, "sbom");

        stageImage.stage(plan(PublishPolicy.ALL, List.of(referrer.descriptor()), A));

        assertThat(registries.actions())
                .filteredOn(action -> action.verb() == Verb.PUT_MANIFEST)
                .extracting(Action::what)
                .endsWith(image.index().digest().value(), referrer.digest().value());
    }

    @ParameterizedTest
    @EnumSource(
            value = Verb.class,
            names = {"RESOLVE", "GET_MANIFEST", "GET_BLOB", "HEAD_BLOB", "PUT_BLOB", "PUT_MANIFEST"})
    void namesTheRegistryThatRefusesAndLeavesAllUntouched(Verb verb) {
        registries.fault(new Fault() {
            @Override
            public void before(Action action) {
                if (action.verb() == verb && action.repository().equals(B.repository())) {
                    throw failure(StoreException.Kind.UNAUTHORIZED, action);
                }
            }
        });

        StagingOutcome outcome = stageImage.stage(plan(PublishPolicy.ALL, A, B, C));

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
        registries.fault(down("b.test"));

        StagingOutcome.Staged outcome = staged(stageImage.stage(plan(policy, A, B, C)));

        assertThat(outcome.targets()).extracting(StagedTarget::reference).containsExactly(A, C);
        assertThat(outcome.leftOut()).extracting(TargetResult::reference).containsExactly(B);
        assertThat(outcome.leftOut().getFirst().failure())
                .get()
                .extracting(TargetFailure::reason)
                .isEqualTo(TargetFailure.Reason.REGISTRY_UNAVAILABLE);
    }

    @Test
    void aQuorumIsMoreThanHalf() {
        registries.fault(down("b.test"));

        assertThat(failures(stageImage.stage(plan(PublishPolicy.QUORUM, A, B)))).hasSize(1);
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
        staging.down(true);

        assertThat(failures(stageImage.stage(plan(PublishPolicy.ALL, A, B))))
                .singleElement()
                .satisfies(failure -> assertThat(failure.registry()).isEqualTo(staging.location()));
    }

    @Test
    void attachesToEachTargetWhatIsForIt() {
        Manifest forA = image.referrer(staging, "signed as a");
        Manifest forAll = image.referrer(staging, "attested");
        PublishPlan plan = new PublishPlan(
                "build-1",
                Instant.EPOCH,
                image.index().descriptor(),
                List.of(),
                List.of(
                        new Attachment(forA.descriptor(), "x.sig", Optional.of(A.repository())),
                        new Attachment(forAll.descriptor(), "x.att", Optional.empty())),
                List.of(A, B),
                PublishPolicy.ALL);

        staged(stageImage.stage(plan));

        assertThat(named(A, "x.sig")).contains(forA.digest());
        assertThat(named(B, "x.sig")).isEmpty();
        assertThat(named(A, "x.att")).contains(forAll.digest());
        assertThat(named(B, "x.att")).contains(forAll.digest());
        assertThat(registries.hasBlob(B.repository(), Digest.of("attested".getBytes(UTF_8))))
                .isTrue();
        assertThat(registries.hasBlob(B.repository(), Digest.of("signed as a".getBytes(UTF_8))))
                .isFalse();

        registries.forgetActions();
        staged(stageImage.stage(plan));

        assertThat(registries.actions()).noneMatch(action -> action.verb().writes());
    }

    private Optional<Digest> named(Reference.Tagged beside, String tag) {
        return registries.named(new Reference.Tagged(beside.repository(), tag));
    }

    @Test
    void failsATargetThatTakesNoAttachment() {
        Attachment attachment =
                new Attachment(image.referrer(staging, "signed").descriptor(), "x.sig", Optional.empty());
        PublishPlan plan = new PublishPlan(
                "build-1",
                Instant.EPOCH,
                image.index().descriptor(),
                List.of(),
                List.of(attachment),
                List.of(A, B),
                PublishPolicy.ALL);
        registries.fault(new InMemoryRegistries.Fault() {
            @Override
            public void before(InMemoryRegistries.Action action) {
                if (action.verb() == InMemoryRegistries.Verb.TAG
                        && action.repository().equals(B.repository())) {
                    throw InMemoryRegistries.failure(StoreException.Kind.IMMUTABLE, action);
                }
            }
        });

        assertThat(failures(stageImage.stage(plan)))
                .singleElement()
                .satisfies(failure -> assertThat(failure.registry()).isEqualTo("b.test"));
    }

    @Test
    void blamesStagingForAnIndexThatIsNone() {
        Manifest broken = Manifest.of(MediaTypes.IMAGE_INDEX, "{\"manifests\":7}".getBytes(UTF_8));
        staging.putManifest(broken);
        PublishPlan plan = new PublishPlan(
                "build-1", Instant.EPOCH, broken.descriptor(), List.of(), List.of(), List.of(A, B), PublishPolicy.ALL);

        assertThat(failures(stageImage.stage(plan))).singleElement().satisfies(failure -> {
            assertThat(failure.registry()).isEqualTo(staging.location());
            assertThat(failure.reason()).isEqualTo(TargetFailure.Reason.VERIFICATION_FAILED);
            assertThat(failure.retryable()).isFalse();
        });
    }

    @Test
    void blamesStagingForABlobThatIsCorruptThere() {
        staging.corrupt(image.layers().getFirst().digest());

        assertThat(failures(stageImage.stage(plan(PublishPolicy.ALL, A, B))))
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.registry()).isEqualTo(staging.location());
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
                    registries.removeManifest(
                            action.repository(), image.children().getFirst().digest());
                } else if (action.verb() == Verb.GET_MANIFEST && action.what().equals(digest)) {
                    registries.putManifest(action.repository(), image.children().getFirst());
                }
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 49})
    void waitsForARegistryThatShowsLate(int denials) {
        registries.fault(late(image.children().getFirst().digest().value(), denials));

        staged(stageImage.stage(plan(PublishPolicy.ALL, A)));
    }

    @Test
    void doesNotWaitForEver() {
        registries.fault(late(image.children().getFirst().digest().value(), 1000));

        assertThat(failures(stageImage.stage(plan(PublishPolicy.ALL, A))))
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.reason()).isEqualTo(TargetFailure.Reason.CHILD_MANIFEST_MISSING);
                    assertThat(failure.message()).contains("a.test/app").contains("5000 ms");
                });
    }

    @Test
    void anUnreadableChildIsAFailure() {
        String child = image.children().getFirst().digest().value();
        registries.fault(new Fault() {
            @Override
            public void before(Action action) {
                if (action.verb() == Verb.GET_MANIFEST && action.what().equals(child)) {
                    throw failure(StoreException.Kind.UNAVAILABLE, action);
                }
            }
        });

        assertThat(failures(stageImage.stage(plan(PublishPolicy.ALL, A))))
                .extracting(TargetFailure::reason)
                .containsExactly(TargetFailure.Reason.CHILD_MANIFEST_MISSING);
    }
}
