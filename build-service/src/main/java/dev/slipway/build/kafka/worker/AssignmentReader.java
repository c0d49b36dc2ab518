package dev.slipway.build.kafka.worker;

import dev.slipway.build.kafka.LogTail;
import dev.slipway.events.Topic;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/** Reads the log of assignments. What was assigned before this process started was meant for an earlier one. */
public final class AssignmentReader {
    private final LogTail log;

    public AssignmentReader(Supplier<Consumer<String, byte[]>> consumers, Worker worker, StatusReporter status) {
        this.log = new LogTail(consumers, Topic.PLATFORM_BUILD_ASSIGNED, status::start, worker::take);
    }

    public void start() {
        log.start();
    }

    public void stop() {
        log.stop();
    }
}
