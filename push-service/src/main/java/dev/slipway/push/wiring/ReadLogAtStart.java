package dev.slipway.push.wiring;

import dev.slipway.kit.events.BusUnavailableException;
import dev.slipway.push.kafka.log.PublishLog;
import dev.slipway.push.work.Work;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Reads the log once before the first request needs it; while Kafka is away, again and again. */
@Singleton
final class ReadLogAtStart {
    private static final Logger LOG = Logger.getLogger(ReadLogAtStart.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final PublishLog log;
    private final Work work;

    ReadLogAtStart(PublishLog log, Work work) {
        this.log = log;
        this.work = work;
    }

    void onStart(@Observes StartupEvent event) {
        Thread.ofVirtual().name("read-publish-log").start(this::read);
    }

    private void read() {
        while (!log.wasRead()) {
            try {
                log.readToEnd();
            } catch (BusUnavailableException e) {
                LOG.warnf("slipway.publish_log_unreadable reason=%s", e.getMessage());
                work.pauses().pause(PAUSE);
            }
        }
    }
}
