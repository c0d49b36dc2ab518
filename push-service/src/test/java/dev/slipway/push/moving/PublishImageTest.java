package dev.slipway.push.moving;

import static dev.slipway.push.InMemoryRegistries.failure;
import static dev.slipway.push.moving.MoveFixture.A;
import static dev.slipway.push.moving.MoveFixture.B;
import static dev.slipway.push.moving.MoveFixture.C;
import static dev.slipway.push.moving.MoveFixture.assertReasons;
import static dev.slipway.push.moving.MoveFixture.refuse;
import static dev.slipway.push.moving.MoveFixture.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.push.InMemoryRegistries.Action;
import dev.slipway.push.InMemoryRegistries.Fault;
import dev.slipway.push.InMemoryRegistries.Verb;
import dev.slipway.push.PublishOutcome;
import dev.slipway.push.PublishPolicy;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PublishImageTest {
    private final MoveFixture it = new MoveFixture();

    @Test
    void movesTheTagsOnAllTargets() {
        it.published(A, B);

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B, C));

        assertThat(it.allName(it.newIndex(), A, B, C)).isTrue();
        assertThat(outcome).isInstanceOf(PublishOutcome.Published.class);
        assertThat(outcome.targets()).extracting(TargetResult::state).containsOnly(TargetResult.State.PUBLISHED);
        assertThat(MoveFixture.result(outcome, A).previous())
                .contains(it.oldIndex().digest());
        assertThat(MoveFixture.result(outcome, C).previous()).isEmpty();
    }

    @Test
    void addsTheTrafficOfStagingToThatOfMoving() {
        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A));

        TargetResult target = outcome.targets().getFirst();
        assertThat(target.traffic().bytesSent()).isEqualTo(100);
        assertThat(target.traffic().requests()).isGreaterThan(5);
        assertThat(target.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(7));
    }

    @Test
    void writesTheJournalBeforeTheFirstTagMoves() {
        it.published(A);
        it.log.aroundWrite(
                () -> assertThat(it.registries.actions())
                        .noneMatch(action -> action.verb().changesTags()),
                () -> {});

        it.process().publish(it.move(PublishPolicy.ALL, A, B));

        assertThat(it.log.find("build-1")).get().satisfies(prepared -> {
            assertThat(prepared.digest()).isEqualTo(it.newIndex().digest());
            assertThat(prepared.targets())
                    .extracting(Prepared.Target::previous)
                    .containsExactly(Optional.of(it.oldIndex().descriptor()), Optional.empty());
        });
    }

    @Test
    void movesSeveralTagsOfARepository() {
        Reference.Tagged latest = Reference.parseTagged("a.test/app:latest");

        it.process().publish(it.move(PublishPolicy.ALL, A, latest));

        assertThat(it.allName(it.newIndex(), A, latest)).isTrue();
    }

    @Test
    void writesNoTagThatNamesTheDigestAlready() {
        it.registries.put(A, it.newIndex());

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A));

        assertThat(state(outcome, A)).isEqualTo(TargetResult.State.PUBLISHED);
        assertThat(it.registries.actions()).noneMatch(action -> action.verb() == Verb.TAG);
    }

    @Test
    void movesNothingWhenSomebodyMovedATagAfterTheJournal() {
        it.published(A, B);
        it.log.aroundWrite(() -> {}, () -> it.registries.put(B, it.foreign));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B));

        assertThat(it.allName(it.oldIndex(), A)).isTrue();
        assertThat(it.allName(it.foreign, B)).isTrue();
        assertReasons(outcome, TargetFailure.Reason.TAG_MOVED_BY_OTHERS);
        assertThat(state(outcome, A)).isEqualTo(TargetResult.State.UNTOUCHED);
        assertThat(state(outcome, B)).isEqualTo(TargetResult.State.MOVED_BY_OTHERS);
        assertThat(it.registries.actions()).noneMatch(action -> action.verb() == Verb.TAG);
    }

    @Test
    void takesASuccessWhoseAnswerWasLostForASuccess() {
        it.published(A, B);
        it.registries.fault(new Fault() {
            @Override
            public void after(Action action) {
                if (action.is(Verb.TAG, B)) {
                    throw failure(StoreException.Kind.UNAVAILABLE, action);
                }
            }
        });

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B));

        assertThat(outcome).isInstanceOf(PublishOutcome.Published.class);
        assertThat(it.registries.actions())
                .filteredOn(action -> action.is(Verb.TAG, B))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = StoreException.Kind.class,
            names = {"UNAVAILABLE", "REFUSED", "NOT_FOUND"})
    void triesAgainWhereARegistryMayComeRound(StoreException.Kind kind) {
        it.published(A, B);
        AtomicInteger attempts = new AtomicInteger();
        it.before(action -> action.is(Verb.TAG, B) && attempts.incrementAndGet() < 3, refuse(kind));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B));

        assertThat(outcome).isInstanceOf(PublishOutcome.Published.class);
        assertThat(outcome.targets()).allMatch(target -> target.failure().isEmpty());
    }

    @Test
    void listsWhatWasTriedWhereARegistryNeverComesRound() {
        it.published(A, B);
        AtomicInteger attempts = new AtomicInteger();
        it.before(action -> action.is(Verb.TAG, B), action -> {
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE, "b.test", "answer " + attempts.incrementAndGet(), null);
        });

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B));

        assertThat(MoveFixture.failed(outcome).failures())
                .extracting(TargetFailure::message)
                .containsExactly("answer 3 (try 3; before: answer 1; answer 2)");
    }

    @Test
    void waitsForARegistryThatShowsATagLate() {
        it.published(A);
        AtomicInteger looks = new AtomicInteger();
        it.before(action -> action.is(Verb.RESOLVE, A), action -> {
            switch (looks.incrementAndGet()) {
                case 3 -> it.registries.put(A, it.oldIndex());
                case 20 -> it.registries.put(A, it.newIndex());
                default -> {}
            }
        });

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A));

        assertThat(outcome).isInstanceOf(PublishOutcome.Published.class);
    }

    @Test
    void failsWhereARegistryNeverShowsTheTag() {
        it.published(A);
        AtomicInteger looks = new AtomicInteger();
        it.before(
                action -> action.is(Verb.RESOLVE, A) && looks.incrementAndGet() >= 3,
                action -> it.registries.put(A, it.oldIndex()));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A));

        assertReasons(outcome, TargetFailure.Reason.VERIFICATION_FAILED);
    }

    @Test
    void movesImmutableRegistriesLast() {
        it.published(B);
        it.before(action -> action.is(Verb.TAG, B), refuse(StoreException.Kind.UNAUTHORIZED));

        PublishOutcome outcome = it.process("a.test").publish(it.move(PublishPolicy.ALL, A, B));

        assertThat(state(outcome, A)).isEqualTo(TargetResult.State.UNTOUCHED);
        assertThat(it.registries.actions()).noneMatch(action -> action.is(Verb.TAG, A));
    }

    @Test
    void publishesToAQuorum() {
        it.published(A, B, C);
        it.before(action -> action.is(Verb.TAG, C), refuse(StoreException.Kind.UNAUTHORIZED));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.QUORUM, A, B, C));

        assertThat(outcome).isInstanceOf(PublishOutcome.Published.class);
        assertThat(it.allName(it.newIndex(), A, B)).isTrue();
        assertThat(state(outcome, C)).isEqualTo(TargetResult.State.UNTOUCHED);
        assertThat(MoveFixture.result(outcome, C).failure()).isPresent();
    }

    @Test
    void goesOnWithoutATargetThatDoesNotTellItsTag() {
        it.published(A, B);
        it.before(action -> action.repository().equals(B.repository()), refuse(StoreException.Kind.UNAVAILABLE));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ANY, A, B));

        assertThat(outcome).isInstanceOf(PublishOutcome.Published.class);
        assertThat(state(outcome, B)).isEqualTo(TargetResult.State.UNTOUCHED);
        assertThat(MoveFixture.result(outcome, B).failure()).isPresent();
    }

    @Test
    void aRegistryThatIsDownLeavesAllUntouched() {
        it.published(A, B);
        it.before(action -> action.repository().equals(B.repository()), refuse(StoreException.Kind.UNAVAILABLE));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B));

        assertReasons(outcome, TargetFailure.Reason.REGISTRY_UNAVAILABLE);
        assertThat(outcome.targets()).extracting(TargetResult::state).containsOnly(TargetResult.State.UNTOUCHED);
        assertThat(it.log.find("build-1")).isEmpty();
    }

    @Test
    void aNewerRequestsResultStays() {
        it.published(A);
        it.log.moved(new TagHistory.Moved(A, it.oldIndex().digest(), "build-2", MoveFixture.REQUESTED.plusSeconds(1)));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B));

        assertThat(outcome).isInstanceOf(PublishOutcome.Superseded.class);
        assertThat(((PublishOutcome.Superseded) outcome).by()).isEqualTo("build-2");
        assertThat(outcome.targets()).extracting(TargetResult::state).containsOnly(TargetResult.State.UNTOUCHED);
        assertThat(it.registries.actions()).isEmpty();
    }

    @Test
    void anOlderRequestsResultGoes() {
        it.published(A);
        it.log.moved(new TagHistory.Moved(A, it.oldIndex().digest(), "build-0", MoveFixture.REQUESTED.minusSeconds(1)));

        assertThat(it.process().publish(it.move(PublishPolicy.ALL, A))).isInstanceOf(PublishOutcome.Published.class);
    }

    @Test
    void takesTheManifestFromTheTargetWhenStagingIsAway() {
        it.published(A);
        it.staging.down(true);

        assertThat(it.process().publish(it.move(PublishPolicy.ALL, A))).isInstanceOf(PublishOutcome.Published.class);
        assertThat(it.allName(it.newIndex(), A)).isTrue();
    }

    @Test
    void measuresNoWindowForASingleTag() {
        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A));

        assertThat(((PublishOutcome.Published) outcome).window()).isZero();
    }
}
