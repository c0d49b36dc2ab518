package dev.slipway.gateway;

import static dev.slipway.gateway.GatewayCalls.GOOD;
import static dev.slipway.gateway.GatewayCalls.buildId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.EventIds;
import dev.slipway.events.Fact;
import dev.slipway.events.ProgressEvent.BuildRejected;
import dev.slipway.events.ProgressEvent.PlatformBuildFailed;
import dev.slipway.events.ProgressEvent.PlatformBuildStarted;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.WarmupEvent.ImageWarmed;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.WarmupOutcome;
import dev.slipway.gateway.GatewayCalls.Answer;
import dev.slipway.gateway.GatewayCalls.Sent;
import dev.slipway.gateway.GatewayCalls.Stream;
import dev.slipway.kit.events.Cause;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.TraceParent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Peers.class)
class StreamComponentTest {

    private static final String DIGEST = "sha256:" + "0".repeat(64);
    private static final Failure FAILURE =
            new Failure(FailureCode.BUILD_STEP_FAILED, "worker-1: it broke", "linux/amd64", true);

    @Inject
    EventPublisher publisher;

    private GatewayCalls gateway;

    @BeforeEach
    void connect() {
        gateway = GatewayCalls.running();
    }

    @Test
    void streamsFromTheFirstEventOn() throws Exception {
        String build = submitted("from-first");
        publish(build, started(build, 1), failed(build, 1));

        try (Stream stream = gateway.stream("/v1/builds/" + build + "/events", "")) {
            List<Sent> events = stream.next(3);

            assertThat(stream.contentType()).startsWith("text/event-stream");
            assertThat(events)
                    .extracting(Sent::event)
                    .containsExactly(
                            "dev.slipway.build.requested.v1",
                            "dev.slipway.platform-build.started.v1",
                            "dev.slipway.platform-build.failed.v1");
            Sent last = events.getLast();
            assertThat(last.data().path("specversion").asText()).isEqualTo("1.0");
            assertThat(last.data().path("correlationid").asText()).isEqualTo(build);
            assertThat(last.data().path("data").path("failure").path("code").asText())
                    .isEqualTo("BUILD_STEP_FAILED");
        }
    }

    @Test
    void resumesBehindTheLastEventThatCame() throws Exception {
        String build = submitted("resumed");
        publish(build, started(build, 1), failed(build, 1), started(build, 2));
        String position;
        try (Stream stream = gateway.stream("/v1/builds/" + build + "/events", "")) {
            position = stream.next(2).getLast().id();
        }

        try (Stream stream = gateway.stream("/v1/builds/" + build + "/events", position)) {
            assertThat(stream.next(2))
                    .extracting(
                            Sent::event,
                            sent -> sent.data().path("data").path("attempt").asInt())
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("dev.slipway.platform-build.failed.v1", 1),
                            org.assertj.core.groups.Tuple.tuple("dev.slipway.platform-build.started.v1", 2));
        }
    }

    @Test
    void waitsForABuildThatIsOnItsWay() throws Exception {
        String build = buildId("on-its-way");
        try (Stream stream = gateway.stream("/v1/builds/" + build + "/events", "")) {
            CompletableFuture<List<Sent>> first = CompletableFuture.supplyAsync(() -> next(stream, 1));

            submitted("on-its-way");

            assertThat(first.get(10, TimeUnit.SECONDS)).hasSize(1);
        }
    }

    @Test
    void anEventIsWithTheClientAMomentAfterKafkaHasIt() throws Exception {
        String build = submitted("fast");
        long best = Long.MAX_VALUE;
        try (Stream stream = gateway.stream("/v1/builds/" + build + "/events", "")) {
            stream.next(1);
            for (int attempt = 1; attempt <= 20; attempt++) {
                publish(build, started(build, attempt));
                long acknowledged = System.nanoTime();
                stream.next(1);
                best = Math.min(best, System.nanoTime() - acknowledged);
            }
        }

        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void endsWithTheEventThatWasWaitedFor() throws Exception {
        String build = submitted("until");
        try (Stream stream = gateway.stream("/v1/builds/" + build + "/events", "")) {
            stream.next(1);
            for (var fact : List.of(started(build, 1), published(build), warmed(build))) {
                publish(build, fact); // one by one, since topics have no order among them
                stream.next(1);
            }
        }

        try (Stream stream = gateway.stream("/v1/builds/" + build + "/events?until=published", "")) {
            assertThat(stream.next(100))
                    .last()
                    .satisfies(sent -> assertThat(sent.event()).isEqualTo("dev.slipway.image.published.v1"));
        }
        try (Stream stream = gateway.stream("/v1/builds/" + build + "/events?until=warmed", "")) {
            assertThat(stream.next(100))
                    .hasSize(4)
                    .last()
                    .satisfies(sent -> assertThat(sent.event()).isEqualTo("dev.slipway.image.warmed.v1"));
        }
    }

    @Test
    void showsWhereABuildStands() {
        String build = submitted("state");
        publish(build, started(build, 1), failed(build, 1), new BuildRejected(build, List.of(FAILURE)));

        Answer answer = Awaitility.await()
                .until(
                        () -> gateway.get("/v1/builds/" + build),
                        shown -> shown.json().path("ended").asBoolean());

        assertThat(answer.json().path("stage").asText()).isEqualTo("rejected");
        assertThat(answer.json().path("traceId").asText()).isEqualTo(EventIds.traceId(build));
        assertThat(answer.json().path("requester").asText()).isEqualTo("ci");
        assertThat(answer.json().at("/platforms/0/platform").asText()).isEqualTo("linux/amd64");
        assertThat(answer.json().at("/platforms/0/stage").asText()).isEqualTo("failed");
        assertThat(answer.json().at("/failures/0/message").asText()).isEqualTo("worker-1: it broke");
        assertThat(answer.json().at("/times/requested").asText()).isEqualTo(GatewayCalls.TIME);
        assertThat(answer.json().has("digest")).isFalse();
    }

    @Test
    void findsABuildByTheBeginningOfItsId() {
        String build = submitted("by-prefix");
        Awaitility.await().until(() -> gateway.get("/v1/builds/" + build).status() == 200);

        Answer answer = gateway.get("/v1/builds/" + build.substring(0, 12));

        assertThat(answer.json().path("buildId").asText()).isEqualTo(build);
    }

    @Test
    void listsPageByPage() {
        List<String> builds = List.of(submitted("page-1"), submitted("page-2"), submitted("page-3"));
        builds.forEach(build -> Awaitility.await()
                .until(() -> gateway.get("/v1/builds/" + build).status() == 200));

        List<String> all = gateway.get("/v1/builds").json().path("builds").findValuesAsText("buildId");
        Answer page = gateway.get("/v1/builds?limit=2");
        List<String> paged =
                new java.util.ArrayList<>(page.json().path("builds").findValuesAsText("buildId"));
        while (page.json().has("next")) {
            page = gateway.get(
                    "/v1/builds?limit=2&after=" + page.json().path("next").asText());
            paged.addAll(page.json().path("builds").findValuesAsText("buildId"));
        }

        assertThat(all).containsAll(builds);
        assertThat(paged).doesNotHaveDuplicates().containsAll(builds);
    }

    @Test
    void refusesWhatIsNoBuildId() {
        assertThat(gateway.get("/v1/builds/xyz/events").status()).isEqualTo(404);
        assertThat(gateway.get("/v1/builds/xyz").codes()).containsExactly("BUILD_ID_MALFORMED");
        assertThat(gateway.get("/v1/builds/" + "f".repeat(32)).codes()).containsExactly("BUILD_UNKNOWN");
        assertThat(gateway.get("/v1/builds/" + "f".repeat(32) + "/events?follow=false")
                        .status())
                .isEqualTo(404);
        assertThat(gateway.get("/v1/builds/" + "f".repeat(32) + "/events?until=done")
                        .codes())
                .containsExactly("UNTIL_INVALID");
        assertThat(gateway.get("/v1/builds/" + "f".repeat(32) + "/events", "Last-Event-ID", "7")
                        .codes())
                .containsExactly("LAST_EVENT_ID_MALFORMED");
        assertThat(gateway.get("/v1/builds?limit=0").codes()).containsExactly("LIMIT_INVALID");
    }

    @Test
    void streamsTheWholeLogAsLines() {
        String build = submitted("lines");
        publish(build, started(build, 1));

        Answer answer = gateway.get("/v1/events?build=" + build, "Accept", "application/x-ndjson");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text().lines().map(line -> line.contains(build)))
                .hasSize(2)
                .containsOnly(true);
    }

    @Test
    void wholeLogIsResumableAndFollows() throws Exception {
        String build = submitted("whole");
        publish(build, started(build, 1));
        String position;
        try (Stream stream = gateway.stream("/v1/events?build=" + build, "")) {
            List<Sent> events = stream.next(100);
            assertThat(events).hasSize(2);
            position = events.getLast().id();
        }
        publish(build, started(build, 2));

        try (Stream stream = gateway.stream("/v1/events?follow=true&build=" + build, position)) {
            assertThat(stream.next(1).getFirst().data().at("/data/attempt").asInt())
                    .isEqualTo(2);
            publish(build, started(build, 3));
            assertThat(stream.next(1).getFirst().data().at("/data/attempt").asInt())
                    .isEqualTo(3);
        }
    }

    /** There are 16 readers of the whole log at most. */
    @Test
    void clientsThatLeaveMakeRoomForOthers() throws Exception {
        for (int i = 0; i < 20; i++) {
            Awaitility.await()
                    .untilAsserted(() -> gateway.stream("/v1/events?follow=true&workers=true", "")
                            .close());
        }
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(gateway.get("/v1/events").status()).isEqualTo(200));
    }

    private String submitted(String id) {
        Answer answer = gateway.submit(id, GOOD);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("buildId").asText();
    }

    private void publish(String build, Fact... facts) {
        publisher.publish(new Cause(build, new TraceParent(EventIds.traceparent(build)), "cause"), List.of(facts));
    }

    private static Fact started(String build, int attempt) {
        return new PlatformBuildStarted(build, "linux/amd64", attempt, "worker-1", "embedded", false);
    }

    private static Fact failed(String build, int attempt) {
        return new PlatformBuildFailed(build, "linux/amd64", attempt, "worker-1", FAILURE, null);
    }

    private static Fact published(String build) {
        Descriptor index = Descriptor.of("application/vnd.oci.image.index.v1+json", DIGEST, 1);
        return new ImagePublished(build, index, List.of(), List.of(), List.of(), Duration.ZERO, null, null);
    }

    private static Fact warmed(String build) {
        return new ImageWarmed(build, "", DIGEST, WarmupOutcome.SKIPPED_NO_CLUSTER, 0, null, null);
    }

    private static List<Sent> next(Stream stream, int count) {
        try {
            return stream.next(count);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
