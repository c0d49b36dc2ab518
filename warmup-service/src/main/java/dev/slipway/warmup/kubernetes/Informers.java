package dev.slipway.warmup.kubernetes;

import dev.slipway.warmup.cluster.ClusterNodes.Watching;
import dev.slipway.warmup.cluster.Happening;
import dev.slipway.warmup.cluster.RunId;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One informer of nodes and one of the warm-up's pods, for all runs on a cluster. */
final class Informers implements AutoCloseable {
    private static final long NO_RESYNC = 0;
    /** Large lists come in pages, so that their text is never in memory at once. */
    private static final long PAGE = 500;

    private record Listener(RunId run, Consumer<Happening> consumer) {}

    private final SharedIndexInformer<Node> nodeInformer;
    private final SharedIndexInformer<Pod> podInformer;
    private final Map<String, Happening.NodeSeen> nodes = new LinkedHashMap<>();
    private final Map<String, Map<String, Happening.PodSeen>> podsByRun = new HashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private volatile boolean started;

    Informers(KubernetesClient client, String namespace) {
        nodeInformer = client.nodes()
                .withLimit(PAGE)
                .runnableInformer(NO_RESYNC)
                .itemStore(new TrimmedStore<>(NodeObjects::trimmed))
                .exceptionHandler((again, cause) -> started)
                .addEventHandler(handler(this::seen, this::gone));
        podInformer = client.pods()
                .inNamespace(namespace)
                .withLabel(PodManifest.MANAGED_BY, PodManifest.MANAGER)
                .withLimit(PAGE)
                .runnableInformer(NO_RESYNC)
                .itemStore(new TrimmedStore<>(UnaryOperator.identity()))
                .exceptionHandler((again, cause) -> started)
                .addEventHandler(handler(this::seen, this::gone));
    }

    /**
     * Reads everything once.
     *
     * @throws ExecutionException with what the cluster answered
     */
    void start(Duration patience) throws ExecutionException, TimeoutException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        var both = List.of(
                nodeInformer.start().toCompletableFuture(), podInformer.start().toCompletableFuture());
        for (var one : both) {
            one.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        // handlers hear of what is in the stores only some time later, and a run must not begin with a part of the
        // nodes
        nodeInformer.getStore().list().forEach(this::seen);
        podInformer.getStore().list().forEach(this::seen);
        started = true;
    }

    boolean areRunning() {
        return nodeInformer.isRunning() && podInformer.isRunning();
    }

    synchronized Watching watch(RunId run, Consumer<Happening> consumer) {
        nodes.values().forEach(consumer);
        podsByRun.getOrDefault(run.value(), Map.of()).values().forEach(consumer);
        consumer.accept(new Happening.Synced());
        Listener listener = new Listener(run, consumer);
        listeners.add(listener);
        return () -> {
            synchronized (this) {
                listeners.remove(listener);
            }
        };
    }

    private synchronized void seen(Node object) {
        var seen = new Happening.NodeSeen(NodeObjects.of(object));
        if (!seen.equals(nodes.put(seen.node().name(), seen))) {
            listeners.forEach(listener -> listener.consumer().accept(seen));
        }
    }

    private synchronized void gone(Node object) {
        String name = object.getMetadata().getName();
        nodes.remove(name);
        listeners.forEach(listener -> listener.consumer().accept(new Happening.NodeGone(name)));
    }

    private synchronized void seen(Pod pod) {
        String run = label(pod);
        String node = node(pod);
        var seen = new Happening.PodSeen(pod.getMetadata().getName(), node, PodStates.of(pod));
        podsByRun
                .computeIfAbsent(run, id -> new HashMap<>())
                .put(pod.getMetadata().getName(), seen);
        tell(run, seen);
    }

    private synchronized void gone(Pod pod) {
        String run = label(pod);
        Map<String, Happening.PodSeen> pods = podsByRun.getOrDefault(run, new HashMap<>());
        pods.remove(pod.getMetadata().getName());
        if (pods.isEmpty()) {
            podsByRun.remove(run);
        }
        tell(run, new Happening.PodGone(pod.getMetadata().getName(), node(pod)));
    }

    private void tell(String run, Happening happening) {
        for (Listener listener : listeners) {
            if (listener.run().value().equals(run)) {
                listener.consumer().accept(happening);
            }
        }
    }

    private static String label(Pod pod) {
        return pod.getMetadata().getLabels().getOrDefault(PodManifest.RUN, "");
    }

    private static String node(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(PodManifest.NODE, "");
    }

    private static <T> ResourceEventHandler<T> handler(Consumer<T> seen, Consumer<T> gone) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                seen.accept(object);
            }

            @Override
            public void onUpdate(T before, T after) {
                seen.accept(after);
            }

            @Override
            public void onDelete(T object, boolean unknown) {
                gone.accept(object);
            }
        };
    }

    @Override
    public void close() {
        nodeInformer.close();
        podInformer.close();
        synchronized (this) {
            listeners.forEach(listener -> listener.consumer().accept(new Happening.ClusterGone()));
        }
    }
}
