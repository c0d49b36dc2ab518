package dev.slipway.push.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.events.EventIds;
import dev.slipway.events.Fact;
import dev.slipway.events.JournalEvent.ImagePublishPrepared;
import dev.slipway.events.PublishEvent.ImagePublishFailed;
import dev.slipway.events.PublishEvent.ImageSuperseded;
import dev.slipway.events.TagStateEvent.TagMoved;
import dev.slipway.events.Topic;
import dev.slipway.events.model.PreparedTarget;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.push.kafka.log.InMemoryTopics;
import dev.slipway.push.kafka.log.PublishLog;
import dev.slipway.push.moving.Prepared;
import dev.slipway.push.moving.TagHistory;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class PublishLogTest {
    private static final Reference.Tagged TAG = Reference.parseTagged("a.test/app:1");
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final InMemoryTopics topics = new InMemoryTopics();
    private final InMemoryPublisher publisher = new InMemoryPublisher(topics, Life.whole());
    private final PublishLog log = new PublishLog(topics);

    private void say(Fact... facts) {
        publisher.publish(new Cause("b", new TraceParent(EventIds.traceparent("b")), "e0"), List.of(facts));
        log.readToEnd();
    }

    private static ImagePublishPrepared prepared(String buildId) {
        return new ImagePublishPrepared(
                buildId, DIGEST.value(), List.of(new PreparedTarget(TAG.toString(), null, false)));
    }

    private static TagMoved moved(String buildId, Instant requestedAt) {
        return new TagMoved(TAG.toString(), DIGEST.value(), buildId, requestedAt);
    }

    @Test
    void knowsWhatWasPreparedUntilItHasEnded() {
        say(prepared("b1"));
        assertThat(log.unfinished("b1")).map(Prepared::digest).contains(DIGEST);

        say(new ImagePublishFailed("b1", List.of(), List.of()));

        assertThat(log.unfinished("b1")).isEmpty();
        assertThat(log.outcome("b1")).contains(new ImagePublishFailed("b1", List.of(), List.of()));
    }

    @Test
    void neverReplacesWhatWasPreparedFirst() {
        PreparedTarget other = new PreparedTarget("b.test/app:1", null, false);

        say(prepared("b1"), new ImagePublishPrepared("b1", DIGEST.value(), List.of(other)));

        assertThat(log.unfinished("b1").orElseThrow().targets())
                .extracting(Prepared.Target::reference)
                .containsExactly(TAG);
    }

    @Test
    void keepsTheFirstOutcome() {
        say(new ImageSuperseded("b1", "b2", List.of()), new ImagePublishFailed("b1", List.of(), List.of()));

        assertThat(log.outcome("b1")).contains(new ImageSuperseded("b1", "b2", List.of()));
    }

    @Test
    void keepsTheTagOfTheNewestRequestHoweverLateAnOlderOneComes() {
        say(moved("newer", NOON), moved("older", NOON.minusSeconds(1)));

        assertThat(log.latest(TAG)).map(TagHistory.Moved::buildId).contains("newer");
    }

    @Test
    void tellsWhichDigestsOtherBuildsNeed() {
        say(moved("b1", NOON), prepared("b2"));

        assertThat(log.isNamed(TAG.repository(), DIGEST, "b1"))
                .as("b2 is about to")
                .isTrue();
        assertThat(log.isNamed(TAG.repository(), DIGEST, "b2")).as("b1 did").isTrue();

        say(new ImagePublishFailed("b2", List.of(), List.of()));

        assertThat(log.isNamed(TAG.repository(), DIGEST, "b1")).isFalse();
    }

    @Test
    void passesOverWhatItCannotRead() {
        topics.append(Topic.TAG_STATE.topicName(), TAG.toString(), new byte[] {1});
        say(new TagMoved("Not A Reference", DIGEST.value(), "b0", NOON), moved("b1", NOON));

        assertThat(log.latest(TAG)).map(TagHistory.Moved::buildId).contains("b1");
    }

    @Test
    void refusesToForgetHowABuildEnded() {
        say(new ImageSuperseded("b1", "b2", List.of()));
        topics.forgetBefore(new TopicPartition(Topic.IMAGE_PUBLISHED.topicName(), 0), 1);

        assertThatThrownBy(() -> log.outcome("b1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("b1");
    }
}
