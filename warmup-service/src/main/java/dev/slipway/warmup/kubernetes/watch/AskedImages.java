package dev.slipway.warmup.kubernetes.watch;

import dev.slipway.warmup.kubernetes.ClientSource;
import dev.slipway.warmup.kubernetes.TrimmedStore;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Images that pods of all namespaces want on their nodes, as they are bound to them. It wants the right to list and watch pods
 * everywhere; without it, nothing is heard, and it is asked for again and again.
 */
public final class AskedImages implements AutoCloseable {
    private static final long NO_RESYNC = 0;
    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final SharedIndexInformer<Pod> informer;

    /** Hears of one image on one node. */
    @FunctionalInterface
    public interface Listener {
        void asked(String image, String node, Instant at);
    }

    /**
     * Begins to watch; that the API is not there yet holds nothing up.
     *
     * @throws IllegalArgumentException when what the client is configured by cannot be read
     */
    public AskedImages(ClientSource clients, Listener listener) {
        client = clients.open(new Interceptor() {});
        informer = client.pods()
                .inAnyNamespace()
                .withLimit(PAGE)
                .runnableInformer(NO_RESYNC)
                .itemStore(new TrimmedStore<>(AskedImages::trimmed))
                .exceptionHandler((again, cause) -> true)
                .addEventHandler(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Pod pod) {
                        tell(pod, listener);
                    }

                    @Override
                    public void onUpdate(Pod before, Pod after) {
                        if (!Objects.equals(
                                before.getSpec().getNodeName(), after.getSpec().getNodeName())) {
                            tell(after, listener);
                        }
                    }

                    @Override
                    public void onDelete(Pod pod, boolean unknown) {}
                });
        var _ = informer.start();
    }

    private static void tell(Pod pod, Listener listener) {
        String node = pod.getSpec().getNodeName();
        if (node == null || node.isEmpty()) {
            return;
        }
        Instant at = at(pod);
        Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .map(Container::getImage)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(image -> listener.asked(image, node, at));
    }

    /** When it was made: what runs for long is not hot, however often this process starts. */
    private static Instant at(Pod pod) {
        try {
            return Optional.ofNullable(pod.getMetadata().getCreationTimestamp())
                    .map(Instant::parse)
                    .orElseGet(Instant::now);
        } catch (DateTimeParseException e) {
            return Instant.now();
        }
    }

    /** What is kept of a pod: whether it was bound before. */
    private static Pod trimmed(Pod pod) {
        ObjectMeta meta = pod.getMetadata();
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(meta.getNamespace())
                .withName(meta.getName())
                .withResourceVersion(meta.getResourceVersion())
                .withUid(meta.getUid())
                .withCreationTimestamp(meta.getCreationTimestamp())
                .endMetadata()
                .withNewSpec()
                .withNodeName(pod.getSpec().getNodeName())
                .withContainers(images(pod.getSpec().getContainers()))
                .withInitContainers(images(pod.getSpec().getInitContainers()))
                .endSpec()
                .build();
    }

    private static List<Container> images(List<Container> containers) {
        return containers.stream()
                .map(container -> {
                    Container kept = new Container();
                    kept.setImage(container.getImage());
                    return kept;
                })
                .toList();
    }

    @Override
    public void close() {
        informer.close();
        client.close();
    }
}
