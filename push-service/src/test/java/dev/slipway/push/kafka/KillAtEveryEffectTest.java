package dev.slipway.push.kafka;

import static dev.slipway.push.InMemoryRegistries.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.PublishEvent;
import dev.slipway.events.PublishEvent.ImagePublishFailed;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.TagStateEvent;
import dev.slipway.events.TagStateEvent.TagMoved;
import dev.slipway.events.Topic;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.events.model.TargetState;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.push.InMemoryRegistries.Action;
import dev.slipway.push.InMemoryRegistries.Fault;
import dev.slipway.push.InMemoryRegistries.Verb;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Both stages over registries and topics in memory, in a process that is killed after each single effect in turn. Whatever the
 * moment, its successors end the publish wholly: all tags moved or none, said once.
 */
final class KillAtEveryEffectTest {
    /** How the registry of the last tag behaves. */
    private enum Sky {
        CLEAR,
        /** It refuses the tag. */
        REFUSING,
        /** It does not say what it has, so that nothing can be staged there. */
        SILENT;

        Fault fault() {
            return new Fault() {
                @Override
                public void before(Action action) {
                    boolean refused = Sky.this == REFUSING && action.is(Verb.TAG, World.LAST);
                    boolean silent = Sky.this == SILENT
                            && action.verb() == Verb.RESOLVE
                            && action.repository().equals(World.LAST.repository())
                            && Digest.isDigest(action.what());
                    if (refused || silent) {
                        throw failure(StoreException.Kind.UNAUTHORIZED, action);
                    }
                }
            };
        }
    }

    /** How it behaves before the kill and after it, and what that must come to. */
    enum Weather {
        FAIR(Sky.CLEAR, Sky.CLEAR, ImagePublished.class),
        FOUL(Sky.REFUSING, Sky.REFUSING, ImagePublishFailed.class),
        CLEARING(Sky.REFUSING, Sky.CLEAR, PublishEvent.class),
        DETERIORATING(Sky.CLEAR, Sky.REFUSING, PublishEvent.class),
        CLOSING_DOWN(Sky.CLEAR, Sky.SILENT, PublishEvent.class);

        private final Sky first;
        private final Sky later;
        private final Class<? extends PublishEvent> end;

        Weather(Sky first, Sky later, Class<? extends PublishEvent> end) {
            this.first = first;
            this.later = later;
            this.end = end;
        }
    }

    @TempDir
    Path spool;

    @ParameterizedTest
    @EnumSource
    void endsWholly(Weather weather) {
        int kill = 1;
        for (boolean killed = true; killed; kill++) {
            World world = new World(spool);

            killed = world.run(Life.until(kill), weather.first.fault()).isOver();
            world.run(Life.whole(), weather.later.fault());

            assertWhole(world, weather, "killed after effect " + kill);
        }
        assertThat(kill).as("effects that were tried").isGreaterThan(25);
    }

    @ParameterizedTest
    @EnumSource
    void endsWhollyWhereItsCommitsAreLostToo(Weather weather) {
        int kill = 1;
        for (boolean killed = true; killed; kill++) {
            World world = new World(spool);

            killed = world.run(Life.until(kill), weather.first.fault()).isOver();
            world.forgetCommits();
            world.run(Life.whole(), weather.later.fault());

            assertWhole(world, weather, "killed after effect " + kill);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsWhollyWhenItsSuccessorIsKilledToo(Weather weather) {
        boolean killed = true;
        for (int kill = 1; killed; kill += 4) {
            boolean killedAgain = true;
            for (int again = 1; killedAgain; again++) {
                World world = new World(spool);

                killed = world.run(Life.until(kill), weather.first.fault()).isOver();
                killedAgain =
                        world.run(Life.until(again), weather.later.fault()).isOver();
                world.run(Life.whole(), weather.later.fault());

                assertWhole(world, weather, "killed after effect %d, then after %d".formatted(kill, again));
            }
        }
    }

    private static void assertWhole(World world, Weather weather, String when) {
        PublishEvent outcome = onlyOutcome(world, when);
        assertThat(outcome).as(when).isInstanceOf(weather.end);
        assertTags(world, outcome, when);
        assertThat(world.registries.sentInVain()).as(when).isEmpty();
        assertThat(world.topics.of(Topic.PUBLISH_JOURNAL)).as(when).hasSizeLessThan(2);

        world.forgetCommits();
        world.registries.forgetActions();
        world.run(Life.whole(), weather.later.fault());

        assertThat(onlyOutcome(world, when)).as(when).isEqualTo(outcome);
        assertThat(world.registries.actions())
                .as("%s, and all of it came again", when)
                .noneMatch(action -> action.verb().changesTags());
        assertTags(world, outcome, when);
    }

    private static PublishEvent onlyOutcome(World world, String when) {
        List<PublishEvent> outcomes = world.topics.of(Topic.IMAGE_PUBLISHED).stream()
                .map(record -> World.read(record, PublishEvent.class).event())
                .distinct()
                .toList();
        assertThat(outcomes).as(when).hasSize(1);
        assertThat(world.topics.of(Topic.IMAGE_PUBLISHED).stream()
                        .map(record -> World.read(record, PublishEvent.class)
                                .envelope()
                                .id())
                        .distinct())
                .as(when)
                .hasSize(1);
        return outcomes.getFirst();
    }

    private static void assertTags(World world, PublishEvent outcome, String when) {
        switch (outcome) {
            case ImagePublished published -> {
                assertThat(published.index().digest())
                        .as(when)
                        .isEqualTo(world.image.index().digest().value());
                assertThat(World.TAGS)
                        .as(when)
                        .allSatisfy(tag -> assertThat(world.registries.named(tag))
                                .contains(world.image.index().digest()));
                assertThat(said(world)).as(when).containsExactlyInAnyOrderElementsOf(names());
            }
            case ImagePublishFailed failed -> {
                assertThat(failed.targets())
                        .as(when)
                        .extracting(TargetOutcome::state)
                        .containsAnyOf(TargetState.UNDONE, TargetState.UNTOUCHED)
                        .doesNotContain(TargetState.PUBLISHED, TargetState.ROLLBACK_INCOMPLETE);
                assertThat(World.TAGS)
                        .as(when)
                        .allSatisfy(
                                tag -> assertThat(world.registries.named(tag)).isEqualTo(world.digestBefore(tag)));
                assertThat(said(world)).as(when).isEmpty();
            }
            case PublishEvent.ImageSuperseded other -> throw new AssertionError(when + ": " + other);
            case PublishEvent.ImageRolledBack other -> throw new AssertionError(when + ": " + other);
        }
    }

    private static List<String> names() {
        return World.TAGS.stream().map(Reference.Tagged::toString).toList();
    }

    /** The tags that are said to have moved; some perhaps twice. */
    private static List<String> said(World world) {
        return world.topics.of(Topic.TAG_STATE).stream()
                .map(record -> World.read(record, TagStateEvent.class).event())
                .map(event -> ((TagMoved) event).reference())
                .distinct()
                .toList();
    }
}
