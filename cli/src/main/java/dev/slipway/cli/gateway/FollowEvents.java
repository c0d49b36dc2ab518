package dev.slipway.cli.gateway;

import dev.slipway.cli.gateway.GatewayFailure.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Hears a stream of events to its end, over as many connections as that takes: where one breaks, the next goes on after the
 * last event that came.
 */
public final class FollowEvents {
    /** The gateway says something at least every fifteen seconds, if only that it is there. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(45);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Gateway gateway;
    private final Duration patience;

    /** Gives up when the gateway is gone for longer than its patience. */
    public FollowEvents(Gateway gateway, Duration patience) {
        this.gateway = gateway;
        this.patience = patience;
    }

    /**
     * Hears the events of a build, or of all builds, from the first on.
     *
     * @param follow whether to wait for events to come after the last that is there
     * @param handle returns whether to go on
     * @throws GatewayFailure where the gateway refuses, or is gone for longer than the patience
     */
    public void follow(Optional<String> build, boolean follow, Predicate<ReceivedEvent> handle) {
        Optional<String> position = Optional.empty();
        long lastHeard = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try (EventSource source = gateway.events(build, follow, position, LONGEST_SILENCE)) {
                Optional<ServerSentEvent> next = source.next();
                while (next.isPresent()) {
                    ServerSentEvent event = next.get();
                    position = event.id().isEmpty() ? position : Optional.of(event.id());
                    lastHeard = System.nanoTime();
                    pause = FIRST_PAUSE;
                    Optional<ReceivedEvent> received = ReceivedEvent.of(event);
                    if (received.isPresent() && !handle.test(received.get())) {
                        return;
                    }
                    next = source.next();
                }
                if (!follow) {
                    return;
                }
            } catch (GatewayFailure e) {
                if (e.kind() != Kind.UNAVAILABLE || isOver(lastHeard)) {
                    throw e;
                }
            } catch (IOException e) {
                if (isOver(lastHeard)) {
                    throw new GatewayFailure(
                            Kind.UNAVAILABLE,
                            "the stream of events from the gateway at %s broke: %s"
                                    .formatted(gateway.url(), e.getMessage()),
                            e);
                }
            }
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private boolean isOver(long lastHeard) {
        return System.nanoTime() - lastHeard > patience.toNanos();
    }
}
