package dev.slipway.build.kafka.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.BuildObserver;
import dev.slipway.build.kafka.Examples;
import dev.slipway.build.work.BuildLogStore;
import dev.slipway.events.AssignmentEvent.PlatformBuildAssigned;
import dev.slipway.events.Fact;
import dev.slipway.events.LogEvent.BuildLogged;
import dev.slipway.events.RequestEvent;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.Envelope;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.OutgoingEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildLogsTest {
    private static final String BUILD = Examples.buildId("log");

    private static final BuildLogStore NOWHERE = (build, attempt, text, lines) -> {
        throw new AssertionError("nothing is kept here");
    };

    @TempDir
    private Path temp;

    private final SlowPublisher kafka = new SlowPublisher();

    @Test
    void saysHowManyLinesWereLostWhereTheyWere() throws InterruptedException {
        try (BuildLogs logs = logs()) {
            BuildObserver observer = logs.before(BuildObserver.NONE);
            repeat(observer, "first", 200);
            kafka.publishing.await();
            repeat(observer, "waiting", 10_000);
            repeat(observer, "lost", 7);
            kafka.goOn.countDown();
            kafka.goesOn.await();
            observer.output("after");
        }

        List<String> lines = kafka.lines();
        assertThat(lines).hasSize(10_202).doesNotContain("lost");
        assertThat(lines.subList(10_199, 10_202)).containsExactly("waiting", "… 7 lines were lost here", "after");
    }

    @Test
    void saysHowManyLinesWereLostAtTheEnd() throws InterruptedException {
        try (BuildLogs logs = logs()) {
            BuildObserver observer = logs.before(BuildObserver.NONE);
            repeat(observer, "first", 200);
            kafka.publishing.await();
            repeat(observer, "waiting", 10_001);
            kafka.goOn.countDown();
        }

        assertThat(kafka.lines()).hasSize(10_201).endsWith("waiting", "… 1 lines were lost here");
    }

    @Test
    void sendsNoMoreAtOnceThanARecordHolds() {
        kafka.goOn.countDown();
        try (BuildLogs logs = logs()) {
            repeat(logs.before(BuildObserver.NONE), "€".repeat(4096), 300);
        }

        assertThat(kafka.lines()).hasSize(300);
        assertThat(kafka.sent)
                .allSatisfy(logged -> assertThat(String.join("", logged.lines()).getBytes(UTF_8))
                        .hasSizeLessThan(1_000_000));
    }

    private BuildLogs logs() {
        PlatformBuildAssigned assigned =
                new PlatformBuildAssigned(BUILD, "linux/amd64", "me", 1, 1, 1, false, Examples.plan("linux/amd64"));
        return new BuildLogs(kafka, Examples.cause(BUILD), assigned, new KeptLogs(NOWHERE, temp, 1).begin(assigned));
    }

    private static void repeat(BuildObserver observer, String line, int times) {
        for (int i = 0; i < times; i++) {
            observer.output(line);
        }
    }

    private static final class SlowPublisher implements EventPublisher {
        private final List<BuildLogged> sent = new CopyOnWriteArrayList<>();
        private final CountDownLatch publishing = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CountDownLatch goesOn = new CountDownLatch(2);

        @Override
        public void publish(Cause cause, List<? extends Fact> facts) {
            publishing.countDown();
            goesOn.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            facts.forEach(fact -> sent.add((BuildLogged) fact));
        }

        @Override
        public void publishRequest(String tenant, Envelope envelope, RequestEvent request) {
            throw new AssertionError("a log is no request");
        }

        @Override
        public void send(OutgoingEvent event) {
            throw new AssertionError("a log is a fact");
        }

        List<String> lines() {
            return sent.stream().flatMap(logged -> logged.lines().stream()).toList();
        }
    }
}
