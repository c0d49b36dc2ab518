package dev.slipway.build.kafka.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.kafka.Examples;
import dev.slipway.build.kafka.Records;
import dev.slipway.build.plan.OfferedBuilders.Offer;
import dev.slipway.events.WorkerEvent.WorkerStatus;
import dev.slipway.events.model.WorkerState;
import dev.slipway.kit.events.BusUnavailableException;
import dev.slipway.oci.Platform;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WorkersHeardTest {
    private static final Duration MEMORY = Duration.ofSeconds(30);
    private static final Offer EMBEDDED = new Offer("embedded", List.of(Platform.parse("linux/amd64")), Map.of());

    private Instant now = Examples.REQUESTED_AT;

    @Test
    void offersWhatWorkersOfThePoolSay() {
        WorkersHeard workers = workers(Duration.ZERO);

        workers.take(Records.status(status(WorkerState.READY)));

        assertThat(workers.await("default", offers -> false)).containsExactly(EMBEDDED);
        assertThat(workers.await("other", offers -> false)).isEmpty();
    }

    @Test
    void remembersAWorkerThatRestartsForAWhileOnly() {
        WorkersHeard workers = workers(Duration.ZERO);
        workers.take(Records.status(status(WorkerState.READY)));
        workers.take(Records.status(status(WorkerState.DRAINING)));

        now = now.plus(MEMORY);
        assertThat(workers.await("default", offers -> false)).containsExactly(EMBEDDED);
        now = now.plusMillis(1);
        assertThat(workers.await("default", offers -> false)).isEmpty();
    }

    @Test
    void waitsForAWorkerThatIsOnItsWay() throws InterruptedException {
        WorkersHeard workers = workers(Duration.ofMinutes(1));
        CompletableFuture<List<Offer>> offers = new CompletableFuture<>();
        Thread planner = Thread.ofVirtual().start(() -> offers.complete(workers.await("default", o -> !o.isEmpty())));

        workers.take(Records.status(status(WorkerState.READY)));

        assertThat(planner.join(Duration.ofSeconds(20))).isTrue();
        assertThat(offers).isCompletedWithValue(List.of(EMBEDDED));
    }

    @Test
    void saysNothingOfARequestWhenItIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> workers(Duration.ofMinutes(1)).await("default", offers -> false))
                .isInstanceOf(BusUnavailableException.class);

        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    }

    private WorkersHeard workers(Duration patience) {
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new WorkersHeard(
                () -> {
                    throw new AssertionError("nothing is read here");
                },
                clock,
                patience,
                MEMORY);
    }

    private static WorkerStatus status(WorkerState state) {
        WorkerStatus ready = Examples.status("me", 1, 4, List.of(), List.of());
        return new WorkerStatus(
                ready.worker(),
                ready.incarnation(),
                state,
                ready.pool(),
                ready.labels(),
                ready.nativePlatforms(),
                ready.emulatedPlatforms(),
                ready.builders(),
                ready.slots(),
                ready.running(),
                ready.finished(),
                ready.sentAt());
    }
}
