package dev.slipway.push.moving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.push.InMemoryRegistries;
import dev.slipway.push.InMemoryRegistries.Action;
import dev.slipway.push.InMemoryRegistries.Fault;
import dev.slipway.push.InMemoryStaging;
import dev.slipway.push.Manifests;
import dev.slipway.push.PublishOutcome;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.PublishPolicy;
import dev.slipway.push.StagedTarget;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetResult;
import dev.slipway.push.TestImage;
import dev.slipway.push.TestWork;
import dev.slipway.push.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** An old and a new image, three registries, and the mover over them. */
final class MoveFixture {
    static final Reference.Tagged A = Reference.parseTagged("a.test/app:1");
    static final Reference.Tagged B = Reference.parseTagged("b.test/app:1");
    static final Reference.Tagged C = Reference.parseTagged("c.test/app:1");
    static final Instant REQUESTED = Instant.parse("2026-03-02T09:00:00Z");

    final InMemoryStaging staging = new InMemoryStaging();
    final InMemoryRegistries registries = new InMemoryRegistries();
    final InMemoryLog log = new InMemoryLog();
    final TestImage oldImage = TestImage.in(staging, "old", 10);
    final TestImage newImage = TestImage.in(staging, "new", 10);
    final Manifest foreign = TestImage.in(staging, "foreign", 10).index();

    Manifest oldIndex() {
        return oldImage.index();
    }

    Manifest newIndex() {
        return newImage.index();
    }

    /** Tags that name the old image. */
    MoveFixture published(Reference.Tagged... references) {
        Arrays.stream(references).forEach(reference -> registries.put(reference, oldIndex()));
        return this;
    }

    TagMove move(PublishPolicy policy, Reference.Tagged... references) {
        return move(policy, false, references);
    }

    TagMove move(PublishPolicy policy, boolean digestWasPresent, Reference.Tagged... references) {
        List<Reference.Tagged> targets = List.of(references);
        targets.forEach(reference -> registries.putManifest(reference.repository(), newIndex()));
        PublishPlan plan =
                new PublishPlan("build-1", REQUESTED, newIndex().descriptor(), List.of(), List.of(), targets, policy);
        return new TagMove(
                plan,
                targets.stream()
                        .map(reference -> new StagedTarget(
                                reference, new Traffic(100, 10, 5), Duration.ofMillis(7), digestWasPresent))
                        .toList(),
                List.of());
    }

    /** A process that has just started. */
    PublishImage process(String... immutable) {
        return new PublishImage(
                log,
                log,
                registries,
                new Manifests(staging, 1 << 20),
                Set.of(immutable),
                MoveLimits.DEFAULT,
                TestWork.create());
    }

    Optional<Digest> named(Reference.Tagged reference) {
        return registries.named(reference);
    }

    boolean allName(Manifest manifest, Reference.Tagged... references) {
        return Arrays.stream(references).allMatch(reference -> named(reference).equals(Optional.of(manifest.digest())));
    }

    /** Does something before each action that fits. */
    void before(Predicate<Action> fits, Consumer<Action> work) {
        registries.fault(new Fault() {
            @Override
            public void before(Action action) {
                if (fits.test(action)) {
                    work.accept(action);
                }
            }
        });
    }

    static Consumer<Action> refuse(StoreException.Kind kind) {
        return action -> {
            throw InMemoryRegistries.failure(kind, action);
        };
    }

    static PublishOutcome.Failed failed(PublishOutcome outcome) {
        assertThat(outcome).isInstanceOf(PublishOutcome.Failed.class);
        return (PublishOutcome.Failed) outcome;
    }

    static void assertReasons(PublishOutcome outcome, TargetFailure.Reason... reasons) {
        assertThat(failed(outcome).failures()).extracting(TargetFailure::reason).containsExactlyInAnyOrder(reasons);
    }

    static TargetResult result(PublishOutcome outcome, Reference.Tagged reference) {
        return outcome.targets().stream()
                .filter(target -> target.reference().equals(reference))
                .findFirst()
                .orElseThrow();
    }

    static TargetResult.State state(PublishOutcome outcome, Reference.Tagged reference) {
        return result(outcome, reference).state();
    }
}
