package dev.slipway.push.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.PublishEvent;
import dev.slipway.events.PublishEvent.ImagePublishFailed;
import dev.slipway.events.PublishEvent.ImageRolledBack;
import dev.slipway.events.PublishEvent.ImageSuperseded;
import dev.slipway.events.TagStateEvent.TagMoved;
import dev.slipway.events.Topic;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.events.model.TargetState;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.push.Examples;
import dev.slipway.push.InMemoryRegistries;
import dev.slipway.push.InMemoryRegistries.Action;
import dev.slipway.push.InMemoryRegistries.Fault;
import dev.slipway.push.InMemoryRegistries.Verb;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tag goes back to what it has named before, with the tags of the same name that were published with it. */
final class RollBackTest {
    private static final Instant LATER = Examples.REQUESTED_AT.plusSeconds(60);
    private static final List<Reference.Tagged> SAME_NAME = List.of(World.OTHER, World.LAST);
    private static final List<Reference.Tagged> OTHER_NAMES = List.of(World.OLD, World.FRESH);

    private static final Fault LAST_REFUSES = new Fault() {
        @Override
        public void before(Action action) {
            if (action.is(Verb.TAG, World.LAST)) {
                throw InMemoryRegistries.failure(StoreException.Kind.UNAUTHORIZED, action);
            }
        }
    };

    @TempDir
    Path spool;

    private World published() {
        World world = new World(spool);
        world.run(Life.whole(), Fault.NONE);
        return world;
    }

    @Test
    void takesTheTagsOfThatNameBackOnEveryRegistry() {
        World world = published();
        String buildId = world.askToRollBack(LATER, "previous");

        world.run(Life.whole(), Fault.NONE);

        assertThat(world.outcome(buildId)).isInstanceOfSatisfying(ImageRolledBack.class, rolledBack -> {
            assertThat(rolledBack.index().digest()).isEqualTo(before(world).value());
            assertThat(rolledBack.requester()).isEqualTo("ops@acme.example");
            assertThat(rolledBack.targets())
                    .extracting(TargetOutcome::reference)
                    .containsExactly(World.OTHER.toString(), World.LAST.toString());
        });
        assertNamed(world, SAME_NAME, before(world));
        assertNamed(world, OTHER_NAMES, after(world));
        assertThat(said(world, buildId))
                .extracting(TagMoved::reference)
                .containsExactly(World.OTHER.toString(), World.LAST.toString());
    }

    @Test
    void goesForwardAgainWhenTheRollbackIsRolledBack() {
        World world = published();
        world.askToRollBack(LATER, "previous");
        world.run(Life.whole(), Fault.NONE);
        String again = world.askToRollBack(LATER.plusSeconds(1), "previous");

        world.run(Life.whole(), Fault.NONE);

        assertThat(world.outcome(again))
                .isInstanceOfSatisfying(
                        ImageRolledBack.class,
                        rolledBack -> assertThat(rolledBack.images())
                                .as("as their publish listed them")
                                .hasSize(2));
        assertNamed(world, SAME_NAME, after(world));
    }

    @Test
    void takesADigestThatTheTagHasNamed() {
        World world = published();
        String buildId = world.askToRollBack(LATER, before(world).value());

        world.run(Life.whole(), Fault.NONE);

        assertThat(world.outcome(buildId)).isInstanceOf(ImageRolledBack.class);
        assertNamed(world, SAME_NAME, before(world));
    }

    @Test
    void refusesADigestThatTheTagHasNeverNamed() {
        World world = published();
        String buildId = world.askToRollBack(LATER, "sha256:" + "0".repeat(64));

        world.run(Life.whole(), Fault.NONE);

        assertRefused(world, buildId, FailureCode.NO_EARLIER_IMAGE, "has never named sha256:000");
    }

    @Test
    void refusesWhatWasNeverPublished() {
        World world = new World(spool);
        String buildId = world.askToRollBack(LATER, "previous");

        world.run(Life.whole(), Fault.NONE);

        assertThat(world.outcome(buildId))
                .isInstanceOfSatisfying(
                        ImagePublishFailed.class,
                        failed -> assertThat(failed.failures().getFirst().message())
                                .isEqualTo("nothing was ever published as " + World.OTHER));
    }

    @Test
    void asksForADigestWhereSomebodyElseHasMovedTheTag() {
        World world = published();
        world.registries.put(World.OTHER, world.image.children().getFirst());
        String buildId = world.askToRollBack(LATER, "previous");

        world.run(Life.whole(), Fault.NONE);

        assertRefused(world, buildId, FailureCode.TAG_MOVED_BY_OTHERS, "say which digest");
    }

    @Test
    void neverWinsOverANewerRequest() {
        World world = published();
        String buildId = world.askToRollBack(Examples.REQUESTED_AT.minusSeconds(1), "previous");

        world.run(Life.whole(), Fault.NONE);

        assertThat(world.outcome(buildId)).isInstanceOf(ImageSuperseded.class);
        assertNamed(world, World.TAGS, after(world));
    }

    @Test
    void isUndoneWhereARegistryRefuses() {
        World world = published();
        String buildId = world.askToRollBack(LATER, "previous");

        world.run(Life.whole(), LAST_REFUSES);

        assertThat(world.outcome(buildId))
                .isInstanceOfSatisfying(
                        ImagePublishFailed.class,
                        failed -> assertThat(failed.targets())
                                .extracting(TargetOutcome::state)
                                .containsExactly(TargetState.UNDONE, TargetState.UNTOUCHED));
        assertNamed(world, World.TAGS, after(world));
        assertThat(said(world, buildId)).isEmpty();
    }

    @Test
    void endsWhollyWhereverItIsKilled() {
        for (Fault sky : List.of(Fault.NONE, LAST_REFUSES)) {
            int kill = 1;
            for (boolean killed = true; killed; kill++) {
                World world = published();
                String buildId = world.askToRollBack(LATER, "previous");

                killed = world.run(Life.until(kill), sky).isOver();
                world.run(Life.whole(), sky);

                PublishEvent outcome = world.outcome(buildId);
                boolean refused = sky == LAST_REFUSES;
                assertThat(outcome)
                        .as("killed after effect %d", kill)
                        .isInstanceOf(refused ? ImagePublishFailed.class : ImageRolledBack.class);
                assertNamed(world, SAME_NAME, refused ? after(world) : before(world));
                assertNamed(world, OTHER_NAMES, after(world));

                world.forgetCommits();
                world.registries.forgetActions();
                world.run(Life.whole(), sky);

                assertThat(world.outcome(buildId)).isEqualTo(outcome);
                assertThat(world.registries.actions())
                        .as("all of it came again after effect %d", kill)
                        .noneMatch(action -> action.verb().changesTags());
            }
            assertThat(kill).as("effects that were tried").isGreaterThan(10);
        }
    }

    private static void assertRefused(World world, String buildId, FailureCode code, String why) {
        assertThat(world.outcome(buildId)).isInstanceOfSatisfying(ImagePublishFailed.class, failed -> {
            assertThat(failed.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.code()).isEqualTo(code);
                assertThat(failure.message()).contains(World.OTHER.toString(), why);
            });
            assertThat(failed.targets()).isEmpty();
        });
        assertThat(world.topics.of(Topic.TAG_MOVE_REQUESTED))
                .as("only the publish's")
                .hasSize(1);
    }

    private static void assertNamed(World world, List<Reference.Tagged> tags, Digest digest) {
        assertThat(tags)
                .allSatisfy(tag -> assertThat(world.registries.named(tag)).contains(digest));
    }

    private static Digest before(World world) {
        return world.before.digest();
    }

    private static Digest after(World world) {
        return world.image.index().digest();
    }

    private static List<TagMoved> said(World world, String buildId) {
        return world.topics.of(Topic.TAG_STATE).stream()
                .map(record -> World.read(record, TagMoved.class).event())
                .filter(moved -> moved.buildId().equals(buildId))
                .distinct()
                .toList();
    }
}
