package dev.slipway.push.kafka.moving;

import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.push.kafka.ToEvents;
import dev.slipway.push.kafka.log.PublishLog;
import dev.slipway.push.moving.Journal;
import dev.slipway.push.moving.Prepared;
import java.util.Optional;

/** The journal's topic, written in the name of the request that is being handled. */
final class KafkaJournal implements Journal {
    private final PublishLog log;
    private final EventPublisher publisher;
    private final Cause cause;

    KafkaJournal(PublishLog log, EventPublisher publisher, Cause cause) {
        this.log = log;
        this.publisher = publisher;
        this.cause = cause;
    }

    @Override
    public Optional<Prepared> find(String buildId) {
        return log.unfinished(buildId);
    }

    @Override
    public void write(Prepared prepared) {
        publisher.publish(cause, ToEvents.journal(prepared));
    }
}
