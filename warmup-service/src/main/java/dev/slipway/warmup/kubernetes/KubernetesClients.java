package dev.slipway.warmup.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Clients that leave it to the runs when to ask again. */
public final class KubernetesClients {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 10_000;

    private KubernetesClients() {}

    /** A context of a kubeconfig file; its current one where none is named. The file is read when a client is opened. */
    public static ClientSource ofKubeconfig(Path file, @Nullable String context) {
        return listener -> {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("%s is no kubeconfig that can be read".formatted(file));
            }
            Config config = Config.fromKubeconfig(context, file.toFile());
            if (context != null
                    && (config.getCurrentContext() == null
                            || !context.equals(config.getCurrentContext().getName()))) {
                throw new IllegalArgumentException("%s has no context '%s'".formatted(file, context));
            }
            return open(config, listener);
        };
    }

    /** A context of a kubeconfig's text; its current one where none is named. It may name no files. */
    public static ClientSource ofKubeconfigText(String text, @Nullable String context) {
        return listener -> {
            var yaml = new KubernetesSerialization();
            var parsed = yaml.unmarshal(text, io.fabric8.kubernetes.api.model.Config.class);
            if (context != null) {
                parsed.setCurrentContext(context);
            }
            return open(Config.fromKubeconfig(yaml.asYaml(parsed)), listener);
        };
    }

    /** The cluster that this process runs in, by its service account. */
    public static ClientSource inCluster() {
        return listener -> open(Config.autoConfigure(null), listener);
    }

    private static KubernetesClient open(Config config, Interceptor listener) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(0)
                        .withConnectionTimeout(CONNECT_MILLIS)
                        .withRequestTimeout(REQUEST_MILLIS)
                        .build())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("slipway", listener))
                .build();
    }
}
