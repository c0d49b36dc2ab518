package dev.slipway.kit.metrics;

import dev.slipway.oci.registry.http.RequestObserver;
import io.micrometer.core.instrument.Counter;
import java.util.function.ObjIntConsumer;

/** Counts what is asked of one registry, and what it answers. */
final class RegistryMeter implements RequestObserver {
    private final ObjIntConsumer<String> answers;
    private final Counter sent;
    private final Counter received;
    private final Counter mounts;

    /**
     * Makes one.
     *
     * @param answers takes the method of a request and the status of its answer
     */
    RegistryMeter(ObjIntConsumer<String> answers, Counter sent, Counter received, Counter mounts) {
        this.answers = answers;
        this.sent = sent;
        this.received = received;
        this.mounts = mounts;
    }

    @Override
    public void answered(String method, int status) {
        answers.accept(method, status);
    }

    @Override
    public void sent(long bytes) {
        sent.increment((double) bytes);
    }

    @Override
    public void received(long bytes) {
        received.increment((double) bytes);
    }

    @Override
    public void mounted() {
        mounts.increment();
    }
}
