package dev.slipway.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.local.kubernetes.FakeImage.Digests;
import dev.slipway.local.kubernetes.FakePulls.Pull;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over fabric8's mock of an API server. */
final class FakeKubeletMockTest {
    private static final String INDEX = "sha256:" + "a".repeat(64);
    private static final String MANIFEST = "sha256:" + "b".repeat(64);
    private static final String CONFIG = "sha256:" + "c".repeat(64);
    private static final String IMAGE = "registry.test/app@" + INDEX;

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final Map<String, Pull> script = new ConcurrentHashMap<>();
    private long deadlineSeconds = 300;
    private KubernetesClient client;
    private FakeKubelet kubelet;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
        kubelet = new FakeKubelet(
                client,
                FakeKubelet.Api.MOCK,
                (node, image, attempt) -> script.getOrDefault(node, Pull.done(Duration.ofMillis(1))));
        kubelet.offer(new FakeImage(INDEX, Map.of("amd64", new Digests(MANIFEST, CONFIG))));
    }

    @AfterEach
    void stop() {
        kubelet.close();
        client.close();
        server.destroy();
    }

    private Pod run(String node, String policy, String... command) {
        return client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("on-" + node)
                        .withNamespace("warm")
                        .endMetadata()
                        .withNewSpec()
                        .withNewAffinity()
                        .withNewNodeAffinity()
                        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                        .addNewNodeSelectorTerm()
                        .addNewMatchField()
                        .withKey("metadata.name")
                        .withOperator("In")
                        .withValues(node)
                        .endMatchField()
                        .endNodeSelectorTerm()
                        .endRequiredDuringSchedulingIgnoredDuringExecution()
                        .endNodeAffinity()
                        .endAffinity()
                        .withActiveDeadlineSeconds(deadlineSeconds)
                        .addNewContainer()
                        .withName("image")
                        .withImage(IMAGE)
                        .withImagePullPolicy(policy)
                        .withCommand(command)
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    private Pod until(String node, String phase) {
        return await().until(
                        () -> client.pods()
                                .inNamespace("warm")
                                .withName("on-" + node)
                                .get(),
                        pod -> pod.getStatus() != null
                                && (phase.equals(pod.getStatus().getPhase())
                                        || Optional.ofNullable(pod.getStatus().getContainerStatuses()).stream()
                                                .flatMap(Collection::stream)
                                                .map(status -> status.getState().getWaiting())
                                                .anyMatch(waiting ->
                                                        waiting != null && phase.equals(waiting.getReason()))));
    }

    @Test
    void announcesNodesWithTheirVersionsAndLabels() {
        kubelet.join(FakeNode.amd64("a").withArchitecture("arm64").withLabels(Map.of("pool", "web")));

        var node = client.nodes().withName("a").get();
        assertThat(node.getMetadata().getLabels())
                .containsEntry("kubernetes.io/arch", "arm64")
                .containsEntry("pool", "web");
        assertThat(node.getStatus().getNodeInfo().getContainerRuntimeVersion()).isEqualTo("containerd://2.1.4");
        kubelet.leave("a");
        assertThat(client.nodes().withName("a").get()).isNull();
    }

    @Test
    void reportsTheDigestThatTheRuntimeWould() {
        Map<FakeNode.ReportedDigest, String> wanted = Map.of(
                FakeNode.ReportedDigest.INDEX, IMAGE,
                FakeNode.ReportedDigest.MANIFEST, "registry.test/app@" + MANIFEST,
                FakeNode.ReportedDigest.CONFIG, CONFIG);
        wanted.forEach((reports, imageId) -> {
            String name = "n-" + reports.name().toLowerCase(Locale.ROOT);
            kubelet.join(FakeNode.amd64(name).reporting(reports));

            run(name, "IfNotPresent", "/slipway/true");

            assertThat(until(name, "Succeeded").getStatus().getContainerStatuses())
                    .singleElement()
                    .satisfies(status -> assertThat(status.getImageID()).isEqualTo(imageId));
        });
        assertThat(kubelet.entrypoints()).isEmpty();
    }

    @Test
    void saysWhenAnImagesOwnEntrypointWouldHaveRun() {
        kubelet.join(FakeNode.amd64("a"));

        run("a", "IfNotPresent");

        until("a", "Succeeded");
        assertThat(kubelet.entrypoints()).containsExactly(IMAGE);
    }

    @Test
    void backsOffAfterAPullThatFailsAndTriesAgain() {
        script.put("a", Pull.failed(PullFault.NOT_FOUND));
        kubelet.join(FakeNode.amd64("a"));

        run("a", "IfNotPresent", "/slipway/true");

        ContainerState state = until("a", "ImagePullBackOff")
                .getStatus()
                .getContainerStatuses()
                .getFirst()
                .getState();
        assertThat(state.getWaiting().getMessage()).contains("ErrImagePull", "not found");
        script.remove("a");
        until("a", "Succeeded");
    }

    @Test
    void neverPullsWhatIsNotToBePulledAndForgetsWhatIsEvicted() {
        kubelet.join(FakeNode.amd64("a"));
        run("a", "IfNotPresent", "/slipway/true");
        until("a", "Succeeded");
        client.pods().inNamespace("warm").withName("on-a").delete();

        kubelet.evict("a", INDEX);
        run("a", "Never", "/slipway/true");

        until("a", "ErrImageNeverPull");
        assertThat(kubelet.pulled()).containsExactly("a " + IMAGE);
        assertThat(kubelet.holds("a", INDEX)).isFalse();
    }

    @Test
    void endsAPodAtItsDeadline() {
        script.put("a", Pull.hung());
        deadlineSeconds = 1;
        kubelet.join(FakeNode.amd64("a"));

        run("a", "IfNotPresent", "/slipway/true");

        assertThat(until("a", "Failed").getStatus().getReason()).isEqualTo("DeadlineExceeded");
    }

    @Test
    void aSeedDecidesHowLongPullsTake() {
        FakePulls pulls = FakePulls.seeded(7, Duration.ofSeconds(1), Duration.ofSeconds(9));

        assertThat(pulls.pull("a", IMAGE, 1)).isEqualTo(pulls.pull("a", IMAGE, 1));
        assertThat(Set.of("a", "b", "c", "d").stream()
                        .map(node -> pulls.pull(node, IMAGE, 1).takes())
                        .distinct())
                .hasSizeGreaterThan(1);
    }
}
