package dev.slipway.push.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.Fact;
import dev.slipway.events.PublishEvent.ImagePublishFailed;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.Topic;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.events.model.TargetState;
import dev.slipway.push.InMemoryRegistries.Fault;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mover that cannot go on puts back what was moved, by whichever process. */
final class GiveUpMovingTest {
    @TempDir
    Path spool;

    @Test
    void undoesWhateverWasMovedBefore() {
        int given = 0;
        for (int kill = 1; ; kill++) {
            World world = new World(spool);
            boolean killed = world.run(Life.until(kill), Fault.NONE).isOver();
            if (!world.topics.of(Topic.IMAGE_PUBLISHED).isEmpty() || !killed) {
                break;
            }

            List<Fact> facts = world.giveUpMoving();

            String when = "killed after effect " + kill;
            assertThat(World.TAGS)
                    .as(when)
                    .allSatisfy(tag -> assertThat(world.registries.named(tag)).isEqualTo(world.digestBefore(tag)));
            given += facts.size();
            assertThat(facts)
                    .as(when)
                    .allSatisfy(fact -> assertThat(fact)
                            .isInstanceOfSatisfying(ImagePublishFailed.class, failed -> assertUndone(failed, when)));
        }
        assertThat(given).as("failures that were said").isGreaterThan(5);
    }

    private static void assertUndone(ImagePublishFailed failed, String when) {
        assertThat(failed.failures()).as(when).extracting(Failure::code).containsExactly(FailureCode.INTERNAL_ERROR);
        assertThat(failed.targets())
                .as(when)
                .hasSize(World.TAGS.size())
                .extracting(TargetOutcome::state)
                .isSubsetOf(TargetState.UNTOUCHED, TargetState.UNDONE);
    }

    @Test
    void leavesAPublishAloneThatHasEnded() {
        World world = new World(spool);
        world.run(Life.whole(), Fault.NONE);

        List<Fact> facts = world.giveUpMoving();

        assertThat(facts).singleElement().isInstanceOf(ImagePublished.class);
        assertThat(World.TAGS)
                .allSatisfy(tag -> assertThat(world.registries.named(tag))
                        .contains(world.image.index().digest()));
    }
}
