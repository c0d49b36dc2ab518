package dev.slipway.warmup.run;

import static dev.slipway.warmup.run.FakeCluster.BOTH;
import static dev.slipway.warmup.run.FakeCluster.INDEX;
import static dev.slipway.warmup.run.FakeCluster.image;
import static dev.slipway.warmup.run.FakeCluster.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.local.kubernetes.FakeNode;
import dev.slipway.local.kubernetes.FakePulls.Pull;
import dev.slipway.warmup.Cluster;
import dev.slipway.warmup.Progress;
import dev.slipway.warmup.WarmImage;
import dev.slipway.warmup.WarmupOutcome;
import dev.slipway.warmup.WarmupWish;
import dev.slipway.warmup.cluster.ClusterNodes;
import dev.slipway.warmup.cluster.Happening;
import dev.slipway.warmup.cluster.RunId;
import dev.slipway.warmup.kubernetes.KubernetesCluster;
import dev.slipway.warmup.kubernetes.PodSettings;
import dev.slipway.warmup.limits.Limits;
import dev.slipway.warmup.pull.Copies;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.mockwebserver.dsl.MockServerExpectation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Over fabric8's mock of an API server. */
final class WarmClusterMockTest extends WarmClusterContract {
    /** As the API's priority and fairness answers. */
    private static final String TOO_MANY = "Too many requests, please try again later.";

    private static final String LATER = "Retry-After: 1";

    @Override
    FakeCluster.Api api() {
        return new MockApi();
    }

    @Test
    void leavesTheServerAloneForAsLongAsItWants() {
        join(3);
        busy().post()
                .withPath("/api/v1/namespaces/warm/pods")
                .andReturn(429, TOO_MANY)
                .withHeader(LATER)
                .times(4);

        Progress end = end(cluster.warm(connection, settings("all"), Limits.of(1, 500, 5), BOTH)
                .warm(image("b1"), WarmupWish.NOTHING_SPECIAL, heard));

        assertThat(end.warm()).as("to be told to wait is no failure").isEqualTo(3);
        List<Requests.Step> creates = ((MockApi) cluster.api).requests.of("POST");
        assertThat(creates.stream().filter(step -> step.code() == 429)).hasSize(4);
        for (int i = 0; i + 1 < creates.size(); i++) {
            if (creates.get(i).code() == 429) {
                assertThat(Duration.ofNanos(
                                creates.get(i + 1).nanos() - creates.get(i).nanos()))
                        .isGreaterThanOrEqualTo(Duration.ofMillis(990));
            }
        }
    }

    @Test
    void asksAgainWhereListsAndDeletesAreToWait() {
        join(1);
        busy().get()
                .withPath("/api/v1/nodes?limit=500")
                .andReturn(429, TOO_MANY)
                .withHeader(LATER)
                .once();
        busy().delete()
                .withPath("/api/v1/namespaces/warm/pods/"
                        + RunId.of("b1", "eu", INDEX).podOn("node-0"))
                .andReturn(429, TOO_MANY)
                .withHeader(LATER)
                .once();

        assertThat(end(warm(settings("all"), BOTH)).warm()).isEqualTo(1);

        assertThat(cluster.pods()).isEmpty();
        assertThat(((MockApi) cluster.api).requests.of("DELETE"))
                .extracting(Requests.Step::code)
                .containsExactly(0, 429, 0, 200);
    }

    private MockServerExpectation busy() {
        return ((MockApi) cluster.api).server.expect();
    }

    @Test
    void hearsNothingOfANodeThatIsAsItWas() {
        cluster.kubelet.join(FakeNode.amd64("a"));
        List<Happening> happenings = new CopyOnWriteArrayList<>();
        try (ClusterNodes.Watching watching = connection.watch(RunId.of("b1", "eu", INDEX), happenings::add)) {
            for (String heartbeat : List.of("1", "2", "3")) {
                cluster.admin.nodes().withName("a").edit(node -> {
                    node.getMetadata().setAnnotations(Map.of("heartbeat", heartbeat));
                    return node;
                });
            }
            cluster.kubelet.cordon("a");

            await().until(() -> happenings.size() >= 3);
            assertThat(happenings)
                    .satisfiesExactly(
                            first -> assertThat(first).isInstanceOf(Happening.NodeSeen.class),
                            synced -> assertThat(synced).isEqualTo(new Happening.Synced()),
                            cordoned -> assertThat(((Happening.NodeSeen) cordoned)
                                            .node()
                                            .cordoned())
                                    .isTrue());
        }
    }

    /** It takes connections and says nothing: the worst way to be down. */
    @Test
    void aClusterThatIsDownDelaysNoneOfTheOthers() throws Exception {
        join(2);
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                KubernetesCluster down = new KubernetesCluster(
                        "down",
                        listener -> new KubernetesClientBuilder()
                                .withConfig(new ConfigBuilder()
                                        .withMasterUrl("http://127.0.0.1:" + silent.getLocalPort())
                                        .withRequestRetryBackoffLimit(0)
                                        .build())
                                .build(),
                        new PodSettings("warm", List.of(), Optional.empty(), 65532, Set.of()),
                        Duration.ofSeconds(4))) {
            Cluster silentCluster = cluster.warm(down, settings("all"), WIDE, BOTH);
            Cluster well = cluster.warm(connection, settings("all"), WIDE, BOTH);

            new WarmImage(
                            () -> List.of(silentCluster, well),
                            Thread.ofVirtual().factory(),
                            new Copies(InstantSource.system()))
                    .warm(image("b1"), WarmupWish.NOTHING_SPECIAL, heard);
        }

        assertThat(heard.ended)
                .satisfiesExactly(
                        first -> assertThat(end(first).warm()).isEqualTo(2),
                        second -> assertThat(second)
                                .isInstanceOfSatisfying(
                                        WarmupOutcome.Failed.class,
                                        failed -> assertThat(failed.message()).contains("did not answer within PT4S")));
    }

    @Test
    void aRunEndsWhereItsClusterIsTakenAway() throws Exception {
        join(1);
        cluster.script.put("node-0", Pull.hung());
        CompletableFuture<WarmupOutcome> running = CompletableFuture.supplyAsync(
                () -> warm(settings("all"), BOTH), work -> Thread.ofVirtual().start(work));
        await().until(() -> cluster.kubelet.pulled().stream().anyMatch(pull -> pull.contains(INDEX.value())));

        connection.close();

        assertThat(running.get(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        WarmupOutcome.Failed.class,
                        failed -> assertThat(failed.cause()).isEqualTo(WarmupOutcome.Cause.CLUSTER_UNAVAILABLE));
    }

    @Test
    void saysThatAClusterIsDownAndKeepsNothing() {
        connection.close();
        ((MockApi) cluster.api).stop();
        KubernetesCluster down = cluster.connection();
        Limits limits = Limits.of(5, 10, 5);

        WarmupOutcome outcome =
                cluster.warm(down, settings("all"), limits, BOTH).warm(image("b1"), WarmupWish.NOTHING_SPECIAL, heard);

        assertThat(outcome).isInstanceOfSatisfying(WarmupOutcome.Failed.class, failed -> {
            assertThat(failed.cause()).isEqualTo(WarmupOutcome.Cause.CLUSTER_UNAVAILABLE);
            assertThat(failed.message()).startsWith("eu: the API at ");
        });
        assertThat(heard.ended).containsExactly(outcome);
        assertThat(new ArrayList<>(heard.started)).isEmpty();
        down.close();
    }
}
