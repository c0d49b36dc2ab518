package dev.slipway.local.kubernetes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Plays nodes: announces them, and does with pods that have an affinity to one of them what scheduler, kubelet and runtime
 * would do, as far as the API shows it. Nothing runs, and nothing is pulled.
 */
public final class FakeKubelet implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FakeKubelet.class.getName());

    private final KubernetesClient client;
    private final Api api;
    private final FakePulls pulls;
    private final Map<String, FakeImage> images = new ConcurrentHashMap<>();
    private final Map<String, FakeNode> nodes = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> held = new ConcurrentHashMap<>();
    private final Map<String, FakePod> pods = new ConcurrentHashMap<>();
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> pulled = new CopyOnWriteArrayList<>();
    private final List<String> entrypoints = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
    private final SharedIndexInformer<Pod> informer;

    /** What answers to the client. */
    public enum Api {
        /** fabric8's mock, which takes a pod's node as a change of the pod. */
        MOCK,
        /** A kube-apiserver, which wants a binding. */
        REAL
    }

    public FakeKubelet(KubernetesClient client, Api api, FakePulls pulls) {
        this.client = client;
        this.api = api;
        this.pulls = pulls;
        this.informer = client.pods().inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                affinity(pod).ifPresent(node -> pods.computeIfAbsent(uid(pod), id -> start(pod, node)));
            }

            @Override
            public void onUpdate(Pod before, Pod after) {
                onAdd(after);
            }

            @Override
            public void onDelete(Pod pod, boolean unknown) {
                FakePod gone = pods.remove(uid(pod));
                if (gone != null) {
                    gone.end();
                }
            }
        });
    }

    /** What a registry has. */
    public void offer(FakeImage image) {
        images.put(image.index(), image);
    }

    public void join(FakeNode node) {
        nodes.put(node.name(), node);
        held.putIfAbsent(node.name(), ConcurrentHashMap.newKeySet());
        Node object = node.object();
        client.nodes().resource(object).create();
        client.nodes()
                .withName(node.name())
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON), set("/status", json(object.getStatus())));
    }

    /** The node is gone, and what was on it stays as it last was. */
    public void leave(String node) {
        nodes.remove(node);
        pods.values().stream().filter(pod -> pod.node().equals(node)).forEach(FakePod::end);
        client.nodes().withName(node).delete();
    }

    public void cordon(String node) {
        change(node, object -> {
            object.getSpec().setUnschedulable(true);
            return object;
        });
    }

    public void taint(String node, String key, String effect) {
        change(node, object -> {
            object.getSpec()
                    .setTaints(List.of(
                            new TaintBuilder().withKey(key).withEffect(effect).build()));
            return object;
        });
    }

    /** Sets a condition of a node, as {@code DiskPressure}; all others are as they are on a node that is well. */
    public void condition(String node, String type, String status) {
        String ready = type.equals("Ready") ? "" : "{\"type\":\"Ready\",\"status\":\"True\"},";
        client.nodes()
                .withName(node)
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON),
                        set(
                                "/status/conditions",
                                "[%s{\"type\":\"%s\",\"status\":\"%s\"}]".formatted(ready, type, status)));
    }

    private void change(String node, UnaryOperator<Node> change) {
        client.nodes().withName(node).edit(change);
    }

    /** An image garbage collection of a node: it does not have the image any more. */
    public void evict(String node, String index) {
        held.getOrDefault(node, Set.of()).remove(index);
    }

    public boolean holds(String node, String index) {
        return held.getOrDefault(node, Set.of()).contains(index);
    }

    /** The node of every pod that was taken; twice where a second pod came for it. */
    public List<String> begun() {
        return List.copyOf(begun);
    }

    /** Every pull that was begun, as {@code node image}. */
    public List<String> pulled() {
        return List.copyOf(pulled);
    }

    /** Images of which the entrypoint would have run, since a container named no command of its own. */
    public List<String> entrypoints() {
        return List.copyOf(entrypoints);
    }

    private FakePod start(Pod pod, String node) {
        begun.add(node);
        FakePod started = new FakePod(this, pod, node);
        clock.execute(() -> attempt(started::schedule));
        return started;
    }

    /** A step that fails must not be lost with the future it is in. */
    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            if (!clock.isShutdown()) {
                LOG.log(Level.WARNING, "a fake node's step failed", e);
            }
        }
    }

    Optional<FakeNode> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    boolean isHeld(String node, String index) {
        return holds(node, index);
    }

    void hold(String node, String index) {
        held.computeIfAbsent(node, name -> ConcurrentHashMap.newKeySet()).add(index);
    }

    FakePulls.Pull pull(String node, String image, int attempt) {
        pulled.add(node + " " + image);
        return pulls.pull(node, image, attempt);
    }

    void ran(String image) {
        entrypoints.add(image);
    }

    Optional<FakeImage> image(String digest) {
        return Optional.ofNullable(images.get(digest));
    }

    void after(Duration delay, Runnable step) {
        var _ = clock.schedule(() -> attempt(step), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    void bind(Pod pod, String node) {
        String namespace = pod.getMetadata().getNamespace();
        String name = pod.getMetadata().getName();
        switch (api) {
            case MOCK ->
                client.pods()
                        .inNamespace(namespace)
                        .withName(name)
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"spec\":{\"nodeName\":\"%s\"}}".formatted(node));
            case REAL ->
                client.bindings()
                        .inNamespace(namespace)
                        .resource(new io.fabric8.kubernetes.api.model.BindingBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .withNewTarget()
                                .withApiVersion("v1")
                                .withKind("Node")
                                .withName(node)
                                .endTarget()
                                .build())
                        .create();
        }
    }

    /** Writes a pod's status; of one that is gone, nothing. */
    void report(Pod pod, Map<String, Object> status) {
        try {
            client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON), set("/status", json(status)));
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }

    /** RFC 6902, since the mock appends to the lists of a merge patch. */
    private static String set(String path, String value) {
        return "[{\"op\":\"add\",\"path\":\"%s\",\"value\":%s}]".formatted(path, value);
    }

    private String json(Object value) {
        return client.getKubernetesSerialization().asJson(value);
    }

    private static Optional<String> affinity(Pod pod) {
        return Optional.ofNullable(pod.getSpec().getAffinity())
                .map(affinity -> affinity.getNodeAffinity())
                .map(affinity -> affinity.getRequiredDuringSchedulingIgnoredDuringExecution())
                .flatMap(required -> required.getNodeSelectorTerms().stream()
                        .flatMap(term -> term.getMatchFields().stream())
                        .filter(field -> field.getKey().equals("metadata.name"))
                        .flatMap(field -> field.getValues().stream())
                        .findFirst());
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    @Override
    public void close() {
        informer.close();
        clock.shutdownNow();
    }
}
