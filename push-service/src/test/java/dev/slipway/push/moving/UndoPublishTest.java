package dev.slipway.push.moving;

import static dev.slipway.push.InMemoryRegistries.failure;
import static dev.slipway.push.moving.MoveFixture.A;
import static dev.slipway.push.moving.MoveFixture.B;
import static dev.slipway.push.moving.MoveFixture.C;
import static dev.slipway.push.moving.MoveFixture.assertReasons;
import static dev.slipway.push.moving.MoveFixture.failed;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class UndoPublishTest {
    private final MoveFixture it = new MoveFixture();

    @Test
    void putsTheOthersBackWhenTheThirdRegistryRefusesItsTag() {
        it.published(A, B, C);
        it.before(action -> action.is(Verb.TAG, C), refuse(StoreException.Kind.UNAUTHORIZED));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B, C));

        assertThat(it.allName(it.oldIndex(), A, B, C)).isTrue();
        assertReasons(outcome, TargetFailure.Reason.REGISTRY_UNAUTHORIZED);
        assertThat(state(outcome, A)).isEqualTo(TargetResult.State.UNDONE);
        assertThat(state(outcome, B)).isEqualTo(TargetResult.State.UNDONE);
        assertThat(state(outcome, C)).isEqualTo(TargetResult.State.UNTOUCHED);
    }

    @Test
    void deletesATagThatDidNotExist() {
        it.published(B);
        it.before(action -> action.is(Verb.TAG, B), refuse(StoreException.Kind.REFUSED));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B));

        assertThat(it.named(A)).isEmpty();
        assertThat(state(outcome, A)).isEqualTo(TargetResult.State.UNDONE);
        assertThat(it.registries.hasManifest(A.repository(), it.newIndex().digest()))
                .as("what the tag named stays")
                .isTrue();
    }

    @Test
    void deletesTheDigestWhereTagsCannotBeDeleted() {
        it.registries.deletesNoTags("a.test");
        it.before(action -> action.is(Verb.TAG, B), refuse(StoreException.Kind.REFUSED));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B));

        assertThat(it.named(A)).isEmpty();
        assertThat(state(outcome, A)).isEqualTo(TargetResult.State.UNDONE);
    }

    @Test
    void keepsADigestThatWasThereBefore() {
        it.registries.deletesNoTags("a.test");
        it.before(action -> action.is(Verb.TAG, B), refuse(StoreException.Kind.REFUSED));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, true, A, B));

        assertThat(it.allName(it.newIndex(), A)).isTrue();
        assertThat(state(outcome, A)).isEqualTo(TargetResult.State.ROLLBACK_INCOMPLETE);
        assertReasons(outcome, TargetFailure.Reason.ROLLBACK_INCOMPLETE, TargetFailure.Reason.REGISTRY_REFUSED);
        assertThat(MoveFixture.result(outcome, A).failure())
                .get()
                .satisfies(failure -> assertThat(failure.message()).contains("a.test/app:1"));
    }

    @Test
    void keepsADigestThatAnotherMoveOfOursNames() {
        Reference.Tagged other = Reference.parseTagged("a.test/app:other");
        it.registries.put(other, it.newIndex());
        it.log.moved(new TagHistory.Moved(other, it.newIndex().digest(), "build-0", MoveFixture.REQUESTED));
        it.registries.deletesNoTags("a.test");
        it.before(action -> action.is(Verb.TAG, B), refuse(StoreException.Kind.REFUSED));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B));

        assertThat(it.allName(it.newIndex(), other)).isTrue();
        assertThat(state(outcome, A)).isEqualTo(TargetResult.State.ROLLBACK_INCOMPLETE);
    }

    @Test
    void restoresATagBeforeItDeletesTheDigestOfItsNeighbour() {
        Reference.Tagged fresh = Reference.parseTagged("a.test/app:fresh");
        it.published(A);
        it.registries.deletesNoTags("a.test");
        it.before(action -> action.is(Verb.TAG, B), refuse(StoreException.Kind.REFUSED));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, fresh, B));

        assertThat(it.allName(it.oldIndex(), A)).isTrue();
        assertThat(it.named(fresh)).isEmpty();
        assertThat(state(outcome, fresh)).isEqualTo(TargetResult.State.UNDONE);
    }

    @Test
    void keepsTheDigestWhereItsNeighbourCannotBeRestored() {
        Reference.Tagged fresh = Reference.parseTagged("a.test/app:fresh");
        it.published(A);
        it.registries.deletesNoTags("a.test");
        AtomicInteger moves = new AtomicInteger();
        it.before(
                action -> action.is(Verb.TAG, B) || (action.is(Verb.TAG, A) && moves.incrementAndGet() > 1),
                refuse(StoreException.Kind.REFUSED));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, fresh, B));

        assertThat(it.allName(it.newIndex(), A, fresh))
                .as("a tag must not vanish with its neighbour")
                .isTrue();
        assertThat(state(outcome, A)).isEqualTo(TargetResult.State.ROLLBACK_INCOMPLETE);
        assertThat(state(outcome, fresh)).isEqualTo(TargetResult.State.ROLLBACK_INCOMPLETE);
    }

    @Test
    void saysSoWhereNothingCanBeDeleted() {
        it.registries.deletesNothing("a.test");
        it.before(action -> action.is(Verb.TAG, B), refuse(StoreException.Kind.REFUSED));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B));

        assertThat(state(outcome, A)).isEqualTo(TargetResult.State.ROLLBACK_INCOMPLETE);
        assertThat(MoveFixture.result(outcome, A).digest())
                .contains(it.newIndex().digest());
    }

    @Test
    void saysSoWhenARegistryGoesAwayBeforeTheUndo() {
        it.published(A, B);
        AtomicInteger moved = new AtomicInteger();
        it.registries.fault(new Fault() {
            @Override
            public void before(Action action) {
                if (action.is(Verb.TAG, B)) {
                    throw failure(StoreException.Kind.UNAUTHORIZED, action);
                }
                if (action.repository().equals(A.repository()) && moved.get() > 1) {
                    throw failure(StoreException.Kind.UNAVAILABLE, action);
                }
            }

            @Override
            public void after(Action action) {
                boolean confirms = action.is(Verb.RESOLVE, A) && moved.get() == 1;
                if (action.is(Verb.TAG, A) || confirms) {
                    moved.incrementAndGet();
                }
            }
        });

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B));

        assertThat(state(outcome, A)).isEqualTo(TargetResult.State.ROLLBACK_INCOMPLETE);
        assertReasons(outcome, TargetFailure.Reason.ROLLBACK_INCOMPLETE, TargetFailure.Reason.REGISTRY_UNAUTHORIZED);
    }

    @Test
    void leavesATagAloneThatSomebodyMovedBeforeTheUndo() {
        it.published(A, B);
        AtomicInteger looks = new AtomicInteger();
        it.registries.fault(new Fault() {
            @Override
            public void before(Action action) {
                if (action.is(Verb.TAG, B)) {
                    throw failure(StoreException.Kind.UNAUTHORIZED, action);
                }
                if (action.is(Verb.RESOLVE, A) && looks.incrementAndGet() == 4) {
                    it.registries.put(A, it.foreign); // snapshot, commit, confirm, undo
                }
            }
        });

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B));

        assertThat(it.allName(it.foreign, A)).isTrue();
        assertThat(state(outcome, A)).isEqualTo(TargetResult.State.MOVED_BY_OTHERS);
        assertReasons(outcome, TargetFailure.Reason.TAG_MOVED_BY_OTHERS, TargetFailure.Reason.REGISTRY_UNAUTHORIZED);
    }

    @Test
    void reportsAnImmutableTagAtOnce() {
        it.published(A, B);
        it.before(action -> action.is(Verb.TAG, B), refuse(StoreException.Kind.IMMUTABLE));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.ALL, A, B));

        assertReasons(outcome, TargetFailure.Reason.TAG_IMMUTABLE);
        assertThat(it.registries.actions())
                .filteredOn(action -> action.is(Verb.TAG, B))
                .hasSize(1);
        assertThat(it.allName(it.oldIndex(), A, B)).isTrue();
    }

    @Test
    void undoesWhatIsNoQuorum() {
        it.published(A, B, C);
        it.before(action -> action.is(Verb.TAG, C) || action.is(Verb.TAG, B), refuse(StoreException.Kind.UNAUTHORIZED));

        PublishOutcome outcome = it.process().publish(it.move(PublishPolicy.QUORUM, A, B, C));

        failed(outcome);
        assertThat(it.allName(it.oldIndex(), A, B, C)).isTrue();
    }
}
