package dev.slipway.push.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.AssemblyEvent;
import dev.slipway.events.AssemblyEvent.ImageAssembled;
import dev.slipway.events.Event;
import dev.slipway.events.EventIds;
import dev.slipway.events.EventType;
import dev.slipway.events.Fact;
import dev.slipway.events.PublishEvent;
import dev.slipway.events.RequestEvent;
import dev.slipway.events.RequestEvent.RollbackRequested;
import dev.slipway.events.TagMoveEvent;
import dev.slipway.events.Topic;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.events.TraceParent;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.push.Examples;
import dev.slipway.push.InMemoryRegistries;
import dev.slipway.push.InMemoryRegistries.Fault;
import dev.slipway.push.InMemoryStaging;
import dev.slipway.push.Manifests;
import dev.slipway.push.TestImage;
import dev.slipway.push.TestWork;
import dev.slipway.push.access.AccessRules;
import dev.slipway.push.kafka.access.DecideAccess;
import dev.slipway.push.kafka.log.InMemoryTopics;
import dev.slipway.push.kafka.log.PublishLog;
import dev.slipway.push.kafka.moving.MoveTagsStage;
import dev.slipway.push.moving.GiveUpPublish;
import dev.slipway.push.moving.MoveLimits;
import dev.slipway.push.moving.PublishImage;
import dev.slipway.push.rollback.FindEarlierImage;
import dev.slipway.push.source.FindAttachments;
import dev.slipway.push.source.FindCopy;
import dev.slipway.push.source.FindImage;
import dev.slipway.push.source.ImageSources;
import dev.slipway.push.source.StagingArea;
import dev.slipway.push.staging.StageImage;
import dev.slipway.push.staging.VerifyLimits;
import dev.slipway.push.work.Work;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What outlives a process: registries, topics, and which records are committed. */
final class World {
    static final Reference.Tagged OLD = Reference.parseTagged("a.test/app:old");
    static final Reference.Tagged FRESH = Reference.parseTagged("a.test/app:fresh");
    static final Reference.Tagged OTHER = Reference.parseTagged("b.test/app:1");
    static final Reference.Tagged LAST = Reference.parseTagged("c.test/app:1");
    static final List<Reference.Tagged> TAGS = List.of(OLD, FRESH, OTHER, LAST);

    private static final RepositoryName STAGING = new RepositoryName("staging.test", "slipway/staging");
    private static final String BUILD = EventIds.buildId("/test", "1");

    final InMemoryRegistries registries = new InMemoryRegistries();
    final InMemoryTopics topics = new InMemoryTopics();
    final TestImage image;
    private final InMemoryStaging staging = new InMemoryStaging();
    final Manifest before;
    private final Path spool;
    /** What the processes' clocks say. */
    Instant clock = Examples.REQUESTED_AT;
    /** What tenants may do; none for everything. */
    Optional<AccessRules> rules = Optional.empty();

    private final Set<String> committed = new HashSet<>();

    World(Path spool) {
        this.spool = spool;
        this.image = TestImage.in(staging, "new", 10);
        this.before = TestImage.in(staging, "old", 10).index();
        registries.put(OLD, before);
        registries.put(OTHER, before);
        ImageAssembled event = Examples.assembled(
                BUILD, image, TAGS.stream().map(Reference.Tagged::toString).toArray(String[]::new));
        Cause cause = new Cause(BUILD, new TraceParent(EventIds.traceparent(BUILD)), "e0");
        new InMemoryPublisher(topics, Life.whole()).publish(cause, event);
    }

    /** Somebody wants {@link #OTHER} to name an earlier digest again. Returns the build id. */
    String askToRollBack(Instant at, String to) {
        return ask(at, new RollbackRequested(OTHER.toString(), to, "ops@acme.example"));
    }

    /** Somebody wants something. Returns the build id. */
    String ask(Instant at, RequestEvent request) {
        String id = UUID.randomUUID().toString();
        String source = "/test";
        String buildId = EventIds.buildId(source, id);
        Envelope envelope = new Envelope(
                id,
                EventType.of(request).ceType(),
                source,
                Optional.empty(),
                at,
                Optional.empty(),
                Optional.empty(),
                new TraceParent(EventIds.traceparent(buildId)),
                Envelope.TraceOrigin.DERIVED,
                Optional.empty());
        new InMemoryPublisher(topics, Life.whole()).publishRequest("default", envelope, request);
        return buildId;
    }

    /** How a build ended: once, however often it was said. */
    PublishEvent outcome(String buildId) {
        List<PublishEvent> outcomes = topics.of(Topic.IMAGE_PUBLISHED).stream()
                .map(record -> read(record, PublishEvent.class).event())
                .filter(event -> event.buildId().equals(buildId))
                .distinct()
                .toList();
        assertThat(outcomes).as("outcomes of " + buildId).hasSize(1);
        return outcomes.getFirst();
    }

    Optional<Digest> digestBefore(Reference.Tagged reference) {
        return reference.equals(OLD) || reference.equals(OTHER) ? Optional.of(before.digest()) : Optional.empty();
    }

    /** A process takes all records that are not committed, until there is nothing to do or it dies. */
    Life run(Life life, Fault fault) {
        registries.fault(life.with(fault));
        Stages stages = new Stages(life);
        try {
            for (ConsumerRecord<String, byte[]> record : topics.of(Topic.BUILD_REQUESTED)) {
                take(record, RequestEvent.class, received -> {
                    stages.rollBack.handle(received);
                    stages.copy.handle(received);
                });
            }
            for (ConsumerRecord<String, byte[]> record : topics.of(Topic.IMAGE_ASSEMBLED)) {
                take(record, AssemblyEvent.class, stages.stager::handle);
            }
            for (ConsumerRecord<String, byte[]> record : topics.of(Topic.TAG_MOVE_REQUESTED)) {
                take(record, TagMoveEvent.class, stages.mover::handle);
            }
        } catch (Life.Killed e) {
            return life;
        } finally {
            stages.log.close();
        }
        return life;
    }

    /** A process whose mover fails to the last retry, whatever it was asked; what it says of that. */
    List<Fact> giveUpMoving() {
        registries.fault(Fault.NONE);
        Stages stages = new Stages(Life.whole());
        try {
            return topics.of(Topic.TAG_MOVE_REQUESTED).stream()
                    .map(record -> read(record, TagMoveEvent.class))
                    .flatMap(move -> stages.mover.givenUp(move, new IllegalStateException("for the test")).stream())
                    .toList();
        } finally {
            stages.log.close();
        }
    }

    /** All records come again. */
    void forgetCommits() {
        committed.clear();
    }

    private <E extends Event> void take(
            ConsumerRecord<String, byte[]> record, Class<E> type, java.util.function.Consumer<Received<E>> handler) {
        String place = record.topic() + "@" + record.offset();
        if (!committed.contains(place)) {
            handler.accept(read(record, type));
            committed.add(place);
        }
    }

    static <E extends Event> Received<E> read(ConsumerRecord<String, byte[]> record, Class<E> type) {
        try {
            return new EventReader().read(record.topic(), record.headers(), record.value(), type);
        } catch (MalformedEventException e) {
            throw new AssertionError("the service wrote what cannot be read", e);
        }
    }

    /** The stages of one process, with nothing in memory yet. */
    private final class Stages {
        final PublishLog log = new PublishLog(topics);
        final StageImageStage stager;
        final MoveTagsStage mover;
        final RollBackStage rollBack;
        final CopyStage copy;

        Stages(Life life) {
            Work made = TestWork.create();
            Work work = new Work(
                    made.parallel(),
                    made.pauses(),
                    made.steps(),
                    ((InstantSource) () -> clock).withZone(ZoneOffset.UTC));
            InMemoryPublisher publisher = new InMemoryPublisher(topics, life);
            Manifests manifests = new Manifests(staging, 1 << 20);
            DecideAccess access = new DecideAccess(() -> rules, publisher);
            StagingArea area = new StagingArea(staging, STAGING, manifests, spool, 4);
            StageImage stageImage = new StageImage(area, registries, VerifyLimits.DEFAULT, work);
            stager = new StageImageStage(stageImage, access, log, publisher, work);
            mover = new MoveTagsStage(
                    journal ->
                            new PublishImage(journal, log, registries, manifests, Set.of(), MoveLimits.DEFAULT, work),
                    journal -> new GiveUpPublish(journal, log, registries, MoveLimits.DEFAULT, work),
                    access,
                    log,
                    publisher,
                    work.clock());
            OnlyStaging sources = new OnlyStaging(area);
            FindAttachments attachments = new FindAttachments(work.parallel());
            rollBack = new RollBackStage(
                    new FindEarlierImage(log, registries),
                    access,
                    new FindImage(sources),
                    new EarlierTerms(log, attachments),
                    source -> stageImage,
                    log,
                    publisher);
            copy = new CopyStage(
                    new FindCopy(sources, attachments),
                    access,
                    source -> new StageImage(source, registries, VerifyLimits.DEFAULT, work),
                    log,
                    publisher);
        }
    }

    private record OnlyStaging(StagingArea staging) implements ImageSources {
        @Override
        public StagingArea of(RepositoryName repository) {
            return staging;
        }
    }
}
