package dev.slipway.push.kafka.log;

import dev.slipway.events.Event;
import dev.slipway.events.Fact;
import dev.slipway.events.JournalEvent;
import dev.slipway.events.PublishEvent;
import dev.slipway.events.TagMoveEvent;
import dev.slipway.events.TagStateEvent;
import dev.slipway.events.Topic;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.kit.events.Received;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.push.moving.Prepared;
import dev.slipway.push.moving.TagHistory;
import dev.slipway.push.rollback.TagTurns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * What all publishes have come to, by the topics that say it: the journal, the state of tags, the requests to move tags, and
 * the outcomes. Whoever is about to decide reads on to the end first, so that it makes no difference which process wrote what.
 * Of the outcomes and requests only the places are kept, and what tags were let name, since they are many.
 */
public final class PublishLog implements TagHistory, TagTurns, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PublishLog.class);
    private static final List<String> TOPICS = List.of(
            Topic.TAG_MOVE_REQUESTED.topicName(),
            Topic.PUBLISH_JOURNAL.topicName(),
            Topic.TAG_STATE.topicName(),
            Topic.IMAGE_PUBLISHED.topicName());

    private record Place(TopicPartition partition, long offset) {}

    private final EventReader reader = new EventReader();
    private final TopicTail tail;
    private final Map<String, Prepared> unfinished = new ConcurrentHashMap<>();
    private final Map<String, Place> requests = new ConcurrentHashMap<>();
    private final Map<String, Place> outcomes = new ConcurrentHashMap<>();
    private final Map<String, Moved> tags = new ConcurrentHashMap<>();
    private final Turns turns = new Turns();
    private volatile boolean wasRead;

    /**
     * Makes it; nothing is read yet.
     *
     * @param consumers that start where nothing is committed, and commit nothing
     */
    public PublishLog(Supplier<Consumer<String, byte[]>> consumers) {
        this.tail = new TopicTail(consumers, TOPICS, this::take);
    }

    /**
     * Takes in all that is there now.
     *
     * @throws dev.slipway.kit.events.BusUnavailableException when Kafka does not answer in time
     */
    public void readToEnd() {
        tail.readToEnd();
        wasRead = true;
    }

    /** Whether the topics have been read to their ends once. */
    public boolean wasRead() {
        return wasRead;
    }

    /** The journal's record of a build that has not ended. */
    public Optional<Prepared> unfinished(String buildId) {
        return Optional.ofNullable(unfinished.get(buildId));
    }

    /**
     * How a build ended, where it did.
     *
     * @throws IllegalStateException where the topic, which is to be kept for ever, has lost it: the build must not end twice
     */
    public Optional<PublishEvent> outcome(String buildId) {
        return Optional.ofNullable(outcomes.get(buildId)).map(place -> (PublishEvent) read(place)
                .orElseThrow(() -> new IllegalStateException(
                        "the outcome of build %s is not at %s any more".formatted(buildId, place))));
    }

    /** What was asked of the mover for a build, where its topic keeps it still. */
    public Optional<TagMoveEvent> request(String buildId) {
        return Optional.ofNullable(requests.get(buildId)).flatMap(this::read).map(TagMoveEvent.class::cast);
    }

    /** What was said of a build last: how it ended, else what was asked of the mover. It is to be said again, not anew. */
    public Optional<Fact> said(String buildId) {
        return outcome(buildId).<Fact>map(event -> event).or(() -> request(buildId));
    }

    @Override
    public List<Turn> of(Reference.Tagged tag) {
        return turns.of(tag);
    }

    @Override
    public List<Reference.Tagged> takenBy(String buildId) {
        return outcome(buildId).stream()
                .flatMap(outcome -> Turns.taken(outcome).stream())
                .map(target -> Reference.parseTagged(target.reference()))
                .toList();
    }

    @Override
    public Optional<Moved> latest(Reference.Tagged reference) {
        return Optional.ofNullable(tags.get(reference.toString()));
    }

    @Override
    public boolean isNamed(RepositoryName repository, Digest digest, String exceptByBuild) {
        boolean wasMoved = tags.values().stream()
                .filter(moved -> !moved.buildId().equals(exceptByBuild))
                .anyMatch(moved -> moved.digest().equals(digest)
                        && moved.reference().repository().equals(repository));
        return wasMoved
                || unfinished.values().stream()
                        .filter(prepared -> !prepared.buildId().equals(exceptByBuild))
                        .filter(prepared -> prepared.digest().equals(digest))
                        .flatMap(prepared -> prepared.targets().stream())
                        .anyMatch(target -> target.reference().repository().equals(repository));
    }

    private Optional<Event> read(Place place) {
        return tail.read(place.partition(), place.offset()).map(record -> {
            try {
                return reader.read(record.topic(), record.headers(), record.value())
                        .event();
            } catch (MalformedEventException e) {
                throw new IllegalStateException("a record that was readable is not any more: " + place, e);
            }
        });
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        try {
            take(record, reader.read(record.topic(), record.headers(), record.value()));
        } catch (MalformedEventException | IllegalArgumentException e) {
            LOG.warnf(
                    "slipway.unreadable_record topic=%s partition=%d offset=%d reason=%s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private void take(ConsumerRecord<String, byte[]> record, Received<?> received) {
        Place place = new Place(new TopicPartition(record.topic(), record.partition()), record.offset());
        switch (received.event()) {
            case TagMoveEvent.TagMoveRequested event -> requests.putIfAbsent(event.buildId(), place);
            case JournalEvent.ImagePublishPrepared event -> prepared(event, received);
            case TagStateEvent.TagMoved event -> moved(event);
            case PublishEvent event -> {
                if (outcomes.putIfAbsent(event.buildId(), place) == null) {
                    turns.add(event, received.envelope().time());
                }
                unfinished.remove(event.buildId());
            }
            default ->
                throw new IllegalArgumentException(
                        "an event of another topic: " + received.envelope().type());
        }
    }

    private void prepared(JournalEvent.ImagePublishPrepared event, Received<?> received) {
        if (!outcomes.containsKey(event.buildId())) {
            unfinished.putIfAbsent(
                    event.buildId(), Entries.prepared(event, received.envelope().time()));
        }
    }

    /** An older request never replaces a newer one, however late its record comes. */
    private void moved(TagStateEvent.TagMoved event) {
        tags.merge(
                event.reference(),
                Entries.moved(event),
                (there, next) -> next.requestedAt().isBefore(there.requestedAt()) ? there : next);
    }

    @Override
    public void close() {
        tail.close();
    }
}
