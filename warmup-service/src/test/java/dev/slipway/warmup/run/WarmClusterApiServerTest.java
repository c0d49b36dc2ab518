package dev.slipway.warmup.run;

import static dev.slipway.warmup.run.FakeCluster.BOTH;
import static dev.slipway.warmup.run.FakeCluster.image;
import static dev.slipway.warmup.run.FakeCluster.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.local.kubernetes.ApiRequest;
import dev.slipway.local.kubernetes.ApiServer;
import dev.slipway.local.kubernetes.FakeNode;
import dev.slipway.warmup.WarmupOutcome;
import dev.slipway.warmup.WarmupWish;
import dev.slipway.warmup.kubernetes.KubernetesClients;
import dev.slipway.warmup.kubernetes.KubernetesCluster;
import dev.slipway.warmup.kubernetes.PodSettings;
import dev.slipway.warmup.kubernetes.watch.AskedImages;
import dev.slipway.warmup.kubernetes.watch.ClusterSecrets;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real kube-apiserver with etcd, with the rights that the Kubernetes component gives and no others. */
final class WarmClusterApiServerTest extends WarmClusterContract {
    @TempDir
    private static Path directory;

    private static ApiServer server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        assumeTrue(
                ApiServer.missing().isEmpty(),
                () -> "skipped: the peer %s is not installed"
                        .formatted(ApiServer.missing().orElseThrow()));
        server = ApiServer.startTemporary();
        RealApi.prepare(server, kubeconfig());
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    private static Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    @Override
    FakeCluster.Api api() {
        return RealApi.of(server, kubeconfig());
    }

    @Test
    void mayDoWhatItNeedsAndNothingElse() {
        try (KubernetesClient client = cluster.api.client(new Interceptor() {})) {
            String own = RealApi.NAMESPACE;
            for (String verb : List.of("get", "list", "watch", "create", "delete")) {
                assertThat(may(client, verb, "pods", own)).as(verb).isTrue();
                assertThat(may(client, verb, "pods", "slipway")).as(verb).isFalse();
                assertThat(may(client, verb, "secrets", own))
                        .as(verb)
                        .isEqualTo(List.of("list", "watch").contains(verb));
                assertThat(may(client, verb, "secrets", "slipway")).as(verb).isFalse();
                assertThat(may(client, verb, "events", own)).as(verb).isFalse();
                assertThat(may(client, verb, "nodes", null))
                        .as(verb)
                        .isEqualTo(List.of("get", "list", "watch").contains(verb));
            }
            for (String verb : List.of("update", "patch", "deletecollection")) {
                assertThat(may(client, verb, "pods", own)).as(verb).isFalse();
                assertThat(may(client, verb, "nodes", null)).as(verb).isFalse();
            }
            assertThat(may(client, "*", "*", null)).isFalse();
        }
    }

    private static boolean may(KubernetesClient client, String verb, String resource, @Nullable String namespace) {
        return client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb(verb)
                        .withResource(resource)
                        .withNamespace(namespace)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }

    /** As the server wrote it down: nothing else was asked, of events or of anything. */
    @Test
    void asksTheServerForTwoWritesPerNodeAndRunAndForEachListOnce() throws IOException {
        join(20);
        int before = server.requests().size();
        WarmCluster warm = cluster.warm(connection, settings("1", "all"), WIDE, BOTH);

        for (String build : List.of("b1", "b2")) {
            assertThat(end(warm.warm(image(build), WarmupWish.NOTHING_SPECIAL, heard))
                            .warm())
                    .isEqualTo(20);
        }

        List<ApiRequest> requests = server.requests();
        assertThat(requests.subList(before, requests.size()).stream()
                        .collect(Collectors.groupingBy(
                                request -> request.verb() + " " + request.resource(), Collectors.counting())))
                .containsOnly(
                        Map.entry("list nodes", 1L),
                        Map.entry("list pods", 1L),
                        Map.entry("watch nodes", 1L),
                        Map.entry("watch pods", 1L),
                        Map.entry("create pods", 40L),
                        Map.entry("delete pods", 40L));
    }

    @Test
    void hearsOfClustersThatSecretsDescribe() {
        Map<String, String> described = new ConcurrentHashMap<>();
        ClusterSecrets.Listener listener = new ClusterSecrets.Listener() {
            @Override
            public void described(String name, Map<String, String> properties) {
                described.put(name, properties.getOrDefault("kubeconfig", ""));
            }

            @Override
            public void gone(String name) {
                described.remove(name);
            }
        };
        try (ClusterSecrets secrets = new ClusterSecrets(cluster.api::client, RealApi.NAMESPACE, listener)) {
            Secret secret = new SecretBuilder()
                    .withNewMetadata()
                    .withName("prod-us")
                    .withNamespace(RealApi.NAMESPACE)
                    .withLabels(Map.of(ClusterSecrets.LABEL, "true"))
                    .endMetadata()
                    .withStringData(Map.of("kubeconfig", "one"))
                    .build();
            cluster.admin.resource(secret).create();
            await().until(() -> described.equals(Map.of("prod-us", "one")));

            secret.setStringData(Map.of("kubeconfig", "another"));
            cluster.admin.resource(secret).update();
            await().until(() -> described.equals(Map.of("prod-us", "another")));

            cluster.admin.resource(secret).delete();
            await().until(described::isEmpty);
        }
    }

    @Test
    void hearsWhatPodsAskForByARightOfItsOwn() throws IOException {
        cluster.kubelet.join(FakeNode.amd64("node-0"));
        List<String> asked = new CopyOnWriteArrayList<>();
        try (InputStream rights = Files.newInputStream(Path.of("../k8s/components/warmup-heat/rights.yaml"));
                AskedImages images =
                        new AskedImages(cluster.api::client, (image, node, at) -> asked.add(image + " on " + node))) {
            var granted = cluster.admin.load(rights).create();
            try {
                cluster.admin.resource(podOn("node-0")).create();

                await().atMost(Duration.ofSeconds(30))
                        .until(() -> asked.equals(List.of("ghcr.io/acme/shop:1.2.3 on node-0")));
            } finally {
                granted.forEach(one -> cluster.admin.resource(one).delete());
                cluster.admin
                        .pods()
                        .inNamespace("slipway")
                        .withName("shop")
                        .withGracePeriod(0)
                        .delete();
            }
        }
    }

    private static Pod podOn(String node) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("shop")
                .withNamespace("slipway")
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("shop")
                .withImage("ghcr.io/acme/shop:1.2.3")
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    void saysWhichRightItLacks() throws IOException {
        cluster.kubelet.join(FakeNode.amd64("node-0"));
        Path other = Files.writeString(
                directory.resolve("other"), server.kubeconfig(RealApi.tokenOf(cluster.admin, "without-rights")));
        try (KubernetesCluster without = new KubernetesCluster(
                "eu",
                KubernetesClients.ofKubeconfig(other, null),
                new PodSettings(RealApi.NAMESPACE, List.of(), Optional.empty(), 65532, Set.of()),
                Duration.ofSeconds(5))) {

            WarmupOutcome outcome = cluster.warm(without, settings("all"), WIDE, BOTH)
                    .warm(image("b1"), WarmupWish.NOTHING_SPECIAL, heard);

            assertThat(outcome).isInstanceOfSatisfying(WarmupOutcome.Failed.class, failed -> {
                assertThat(failed.cause()).isEqualTo(WarmupOutcome.Cause.CLUSTER_UNAVAILABLE);
                assertThat(failed.message())
                        .contains("system:serviceaccount:slipway:without-rights")
                        .contains("cannot list resource");
            });
        }
    }
}
