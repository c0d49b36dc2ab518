package dev.slipway.gateway.kafka;

import dev.slipway.events.Topic;
import dev.slipway.gateway.builds.EventLog.LogUnavailableException;
import dev.slipway.gateway.letters.DeadLetter;
import dev.slipway.gateway.letters.DeadLetters;
import dev.slipway.gateway.letters.LetterContent;
import dev.slipway.gateway.letters.LetterId;
import dev.slipway.kit.events.BusUnavailableException;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.EventTooLargeException;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.OutgoingEvent;
import dev.slipway.kit.kafka.LogConsumers;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * The dead-letter topic, read anew by every call. That a letter was sent again is a record of the same topic, written when the
 * letter is acknowledged on its own: killed between the two, the letter counts as not sent, and sending it twice is harmless,
 * since handlers know an event by its id.
 */
public final class KafkaDeadLetters implements DeadLetters {
    private static final Logger LOG = Logger.getLogger(KafkaDeadLetters.class);
    private static final Pattern REQUESTS = Pattern.compile(Topic.requestsPattern());

    private final WholeTopic topic;
    private final EventWriter writer;
    private final EventPublisher publisher;
    private final Clock clock;
    private final ReentrantLock replaying = new ReentrantLock();

    public KafkaDeadLetters(LogConsumers consumers, EventWriter writer, EventPublisher publisher, Clock clock) {
        this.topic = new WholeTopic(consumers, Topic.DEAD_LETTER.topicName());
        this.writer = writer;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public List<DeadLetter> latest(int limit, Optional<String> buildId) {
        Deque<DeadLetter> latest = new ArrayDeque<>();
        Map<LetterId, List<Instant>> replays = new HashMap<>();
        topic.read(Optional.empty(), record -> {
            Optional<LetterId> replayed = LetterRecords.replayed(record);
            if (replayed.isPresent()) {
                replays.computeIfAbsent(replayed.get(), id -> new ArrayList<>()).add(LetterRecords.at(record));
                return;
            }
            DeadLetter letter = LetterRecords.letter(record, List.of());
            if (buildId.isEmpty() || buildId.get().equals(letter.buildId())) {
                latest.push(letter);
            }
            if (latest.size() > limit) {
                replays.remove(latest.removeLast().id());
            }
        });
        return latest.stream()
                .map(letter -> LetterRecords.with(letter, replays.getOrDefault(letter.id(), List.of())))
                .toList();
    }

    @Override
    public Optional<LetterContent> find(LetterId id) {
        return read(id).map(found -> LetterRecords.content(found.record(), found.letter()));
    }

    @Override
    public Replay replay(LetterId id, boolean again) {
        replaying.lock();
        try {
            Optional<Found> found = read(id);
            if (found.isEmpty()) {
                return new Replay.Unknown();
            }
            List<Instant> before = found.get().letter().replays();
            return before.isEmpty() || again ? send(found.get()) : new Replay.SentBefore(before.getLast());
        } finally {
            replaying.unlock();
        }
    }

    private Replay send(Found found) {
        ConsumerRecord<String, byte[]> record = found.record();
        try {
            OutgoingEvent original = writer.original(record.key(), record.headers(), record.value());
            if (!isOfTheContract(original.topic())) {
                return new Replay.Impossible("'%s' is no topic of the contract".formatted(original.topic()));
            }
            publisher.send(original);
            publisher.send(writer.replayed(record.partition(), record.offset(), record.key()));
        } catch (IllegalArgumentException | EventTooLargeException e) {
            return new Replay.Impossible(String.valueOf(e.getMessage()));
        } catch (BusUnavailableException e) {
            throw new LogUnavailableException(String.valueOf(e.getMessage()));
        }
        DeadLetter letter = found.letter();
        LOG.infof(
                "slipway.dead_letter_replayed id=%s topic=%s slipway.build.id=%s",
                letter.id(), letter.topic(), letter.buildId());
        List<Instant> replays = new ArrayList<>(letter.replays());
        replays.add(clock.instant());
        return new Replay.Sent(LetterRecords.with(letter, replays));
    }

    /** A letter may name any topic; what is written by this service's rights is the pipeline's only. */
    private static boolean isOfTheContract(String name) {
        return REQUESTS.matcher(name).matches()
                || Arrays.stream(Topic.values())
                        .filter(topic -> topic != Topic.BUILD_REQUESTED && topic != Topic.DEAD_LETTER)
                        .anyMatch(topic -> topic.topicName().equals(name));
    }

    private record Found(ConsumerRecord<String, byte[]> record, DeadLetter letter) {}

    private Optional<Found> read(LetterId id) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        List<Instant> replays = new ArrayList<>();
        topic.read(Optional.of(id), record -> {
            Optional<LetterId> replayed = LetterRecords.replayed(record);
            if (replayed.isEmpty() && record.offset() == id.offset() && record.partition() == id.partition()) {
                found.add(record);
            } else if (replayed.isPresent() && replayed.get().equals(id)) {
                replays.add(LetterRecords.at(record));
            }
        });
        return found.stream().findFirst().map(record -> new Found(record, LetterRecords.letter(record, replays)));
    }
}
