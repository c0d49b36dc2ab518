package dev.slipway.push.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.PublishEvent;
import dev.slipway.events.PublishEvent.ImagePublishFailed;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.Topic;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.events.model.TargetState;
import dev.slipway.push.Examples;
import dev.slipway.push.InMemoryRegistries.Fault;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deadline of a request passes while its image is on its way to the targets. */
final class LatePublishTest {
    @TempDir
    Path spool;

    @Test
    void endsThePublishUntilTheJournalHasItAndLetsItFinishAfterThat() {
        int ended = 0;
        int finished = 0;
        for (int kill = 1; ; kill++) {
            World world = new World(spool);
            boolean killed = world.run(Life.until(kill), Fault.NONE).isOver();
            if (!world.topics.of(Topic.IMAGE_PUBLISHED).isEmpty() || !killed) {
                break;
            }
            boolean prepared = !world.topics.of(Topic.PUBLISH_JOURNAL).isEmpty();

            world.clock = Examples.REQUESTED_AT.plus(Examples.DEADLINE);
            world.run(Life.whole(), Fault.NONE);

            String when = "late after effect " + kill;
            assertThat(outcomes(world)).as(when).hasSize(1);
            if (prepared) {
                assertThat(outcomes(world).getFirst()).as(when).isInstanceOf(ImagePublished.class);
                finished++;
            } else {
                assertThat(outcomes(world).getFirst())
                        .as(when)
                        .isInstanceOfSatisfying(ImagePublishFailed.class, failed -> assertUntouched(failed, when));
                assertThat(World.TAGS)
                        .as(when)
                        .allSatisfy(
                                tag -> assertThat(world.registries.named(tag)).isEqualTo(world.digestBefore(tag)));
                ended++;
            }
        }
        assertThat(ended).as("publishes that the deadline ended").isGreaterThan(5);
        assertThat(finished).as("publishes that were finished").isGreaterThan(3);
    }

    private static void assertUntouched(ImagePublishFailed failed, String when) {
        assertThat(failed.failures()).as(when).extracting(Failure::code).containsExactly(FailureCode.DEADLINE_EXCEEDED);
        assertThat(failed.targets())
                .as(when)
                .hasSize(World.TAGS.size())
                .extracting(TargetOutcome::state)
                .containsOnly(TargetState.UNTOUCHED);
    }

    private static List<PublishEvent> outcomes(World world) {
        return world.topics.of(Topic.IMAGE_PUBLISHED).stream()
                .map(record -> World.read(record, PublishEvent.class).event())
                .distinct() // the same fact may be said again
                .toList();
    }
}
