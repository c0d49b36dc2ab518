package dev.slipway.warmup.kubernetes.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.warmup.kubernetes.ClientSource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Secrets of a namespace that each describe a cluster, as they come, change and go. */
public final class ClusterSecrets implements AutoCloseable {
    /** What such a secret is labelled by. */
    public static final String LABEL = "slipway.dev/cluster";

    private static final long NO_RESYNC = 0;

    private final KubernetesClient client;
    private final SharedIndexInformer<Secret> informer;

    /** Hears of secrets, one call at a time. */
    public interface Listener {

        /** A cluster is described, by the keys of a secret and their text; it may have been before. */
        void described(String cluster, Map<String, String> properties);

        /** It is described no more. */
        void gone(String cluster);
    }

    /**
     * Begins to watch; that the API is not there yet holds nothing up.
     *
     * @throws IllegalArgumentException when what the client is configured by cannot be read
     */
    public ClusterSecrets(ClientSource clients, String namespace, Listener listener) {
        client = clients.open(new Interceptor() {});
        informer = client.secrets()
                .inNamespace(namespace)
                .withLabel(LABEL, "true")
                .runnableInformer(NO_RESYNC)
                .exceptionHandler((again, cause) -> true)
                .addEventHandler(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Secret secret) {
                        listener.described(secret.getMetadata().getName(), properties(secret));
                    }

                    @Override
                    public void onUpdate(Secret before, Secret after) {
                        onAdd(after);
                    }

                    @Override
                    public void onDelete(Secret secret, boolean unknown) {
                        listener.gone(secret.getMetadata().getName());
                    }
                });
        var _ = informer.start();
    }

    private static Map<String, String> properties(Secret secret) {
        Map<String, String> properties = new TreeMap<>();
        Optional.ofNullable(secret.getData())
                .orElse(Map.of())
                .forEach((key, value) -> properties.put(key, text(value)));
        return properties;
    }

    private static String text(@Nullable String base64) {
        return base64 == null ? "" : new String(Base64.getDecoder().decode(base64), UTF_8);
    }

    @Override
    public void close() {
        informer.close();
        client.close();
    }
}
