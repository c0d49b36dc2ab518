package dev.slipway.warmup.run;

import dev.slipway.local.kubernetes.FakeImage;
import dev.slipway.local.kubernetes.FakeImage.Digests;
import dev.slipway.local.kubernetes.FakeKubelet;
import dev.slipway.local.kubernetes.FakePulls;
import dev.slipway.local.kubernetes.FakePulls.Pull;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.warmup.PublishedImage;
import dev.slipway.warmup.kubernetes.KubernetesCluster;
import dev.slipway.warmup.kubernetes.PodSettings;
import dev.slipway.warmup.limits.Limits;
import dev.slipway.warmup.limits.Waves;
import dev.slipway.warmup.node.NodeSelection;
import dev.slipway.warmup.node.Strategy;
import dev.slipway.warmup.verify.PublishedIndex;
import dev.slipway.warmup.verify.PublishedIndex.Child;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** A cluster of played nodes, and the warm-up that is to be tested on it. */
final class FakeCluster implements AutoCloseable {
    static final Digest INDEX = digest("a");
    static final Digest TOOL = digest("f");
    static final RepositoryName APP = Reference.parse("registry.test/team/app").repository();
    static final RepositoryName TOOLS = Reference.parse("registry.test/tools").repository();
    static final PublishedIndex AMD64_ONLY = new PublishedIndex(
            INDEX, List.of(new Child(Platform.of("linux", "amd64"), digest("b"), digest("c"), 1000)));
    static final PublishedIndex BOTH = new PublishedIndex(
            INDEX,
            List.of(
                    new Child(Platform.of("linux", "amd64"), digest("b"), digest("c"), 1000),
                    new Child(Platform.of("linux", "arm64"), digest("d"), digest("e"), 1000)));

    /** What the cluster is asked by. */
    interface Api extends AutoCloseable {

        FakeKubelet.Api kind();

        /** One that may do anything. */
        KubernetesClient admin();

        /** One as the warm-up has it; a new one each time. */
        KubernetesClient client(Interceptor listener);

        String namespace();

        Optional<String> priorityClass();

        @Override
        void close();
    }

    final Map<String, Pull> script = new ConcurrentHashMap<>();
    final Api api;
    final KubernetesClient admin;
    final FakeKubelet kubelet;

    /** Of nodes that the script does not name. */
    volatile FakePulls pulls = (node, image, attempt) -> Pull.done(Duration.ofMillis(2));

    FakeCluster(Api api) {
        this.api = api;
        admin = api.admin();
        kubelet = new FakeKubelet(
                admin,
                api.kind(),
                (node, image, attempt) -> image.contains(TOOL.value())
                        ? Pull.done(Duration.ofMillis(1))
                        : Optional.ofNullable(script.get(node)).orElseGet(() -> pulls.pull(node, image, attempt)));
        kubelet.offer(new FakeImage(
                INDEX.value(),
                Map.of(
                        "amd64", new Digests(digest("b").value(), digest("c").value()),
                        "arm64", new Digests(digest("d").value(), digest("e").value()))));
    }

    static Digest digest(String letter) {
        return new Digest("sha256:" + letter.repeat(64));
    }

    static PublishedImage image(String build) {
        return new PublishedImage(build, INDEX, List.of(APP));
    }

    static ClusterSettings settings(Strategy strategy, Waves waves, Duration nodeDeadline, Duration runDeadline) {
        return new ClusterSettings(
                "eu",
                List.of(),
                new NodeSelection(Map.of(), Set.of()),
                strategy,
                waves,
                new Limits.Deadlines(nodeDeadline, runDeadline),
                Map.of(),
                Duration.ofMillis(500));
    }

    static ClusterSettings settings(String... waves) {
        return settings(
                Strategy.CONTAINER, new Waves(List.of(waves), 0.1), Duration.ofSeconds(20), Duration.ofSeconds(60));
    }

    /** A client of its own, as another process would have. */
    KubernetesCluster connection() {
        return new KubernetesCluster(
                "eu",
                api::client,
                new PodSettings(api.namespace(), List.of("pull"), api.priorityClass(), 65532, Set.of()),
                Duration.ofSeconds(5));
    }

    WarmCluster warm(KubernetesCluster connection, ClusterSettings settings, Limits limits, PublishedIndex index) {
        return new WarmCluster(
                settings,
                limits,
                connection,
                connection,
                (repository, digest) -> index,
                repository -> new Reference.Digested(TOOLS, Optional.empty(), TOOL),
                Executors.newVirtualThreadPerTaskExecutor());
    }

    List<Pod> pods() {
        return admin.pods().inNamespace(api.namespace()).list().getItems();
    }

    @Override
    public void close() {
        kubelet.close();
        api.close();
    }
}
