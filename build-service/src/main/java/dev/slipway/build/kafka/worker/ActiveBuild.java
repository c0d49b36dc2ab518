package dev.slipway.build.kafka.worker;

import dev.slipway.build.queue.BuildKey;
import dev.slipway.events.AssignmentEvent;
import dev.slipway.events.Fact;
import dev.slipway.kit.events.Received;
import dev.slipway.kit.handling.Stage;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** A build on its thread, which can be told that nobody waits for it here any more. */
final class ActiveBuild {
    private static final Logger LOG = Logger.getLogger(ActiveBuild.class);

    private final BuildKey key;
    private final Thread thread;
    private volatile boolean abandoned;

    ActiveBuild(BuildKey key, Consumer<ActiveBuild> work) {
        this.key = key;
        this.thread = Thread.ofVirtual().name("build " + key).unstarted(() -> work.accept(this));
    }

    BuildKey key() {
        return key;
    }

    void start() {
        thread.start();
    }

    void abandon() {
        abandoned = true;
        thread.interrupt();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Whether it has ended in time. */
    boolean join(Duration limit) throws InterruptedException {
        return thread.join(limit);
    }

    /** The stage, but what it throws after the build was abandoned is neither tried again nor reported. */
    Stage<AssignmentEvent> unlessAbandoned(Stage<AssignmentEvent> stage) {
        return new Stage<>() {
            @Override
            public String name() {
                return stage.name();
            }

            @Override
            public Class<AssignmentEvent> events() {
                return stage.events();
            }

            @Override
            public void handle(Received<AssignmentEvent> received) {
                try {
                    stage.handle(received);
                } catch (RuntimeException e) {
                    if (!abandoned) {
                        throw e;
                    }
                    LOG.infof("slipway.build_abandoned slipway.build.id=%s reason=%s", key.buildId(), e.getMessage());
                }
            }

            @Override
            public List<Fact> givenUp(Received<AssignmentEvent> received, RuntimeException last) {
                return stage.givenUp(received, last);
            }
        };
    }
}
