package dev.slipway.warmup.run;

import static org.awaitility.Awaitility.await;

import dev.slipway.local.kubernetes.ApiServer;
import dev.slipway.local.kubernetes.FakeKubelet;
import dev.slipway.warmup.kubernetes.KubernetesClients;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A real API server, on which the warm-up has the rights that {@code k8s/components/warmup} gives it and no others. */
final class RealApi implements FakeCluster.Api {
    static final String NAMESPACE = "slipway-warmup";
    private static final Path COMPONENT = Path.of("../k8s/components/warmup");

    private final KubernetesClient admin;
    private final Path kubeconfig;

    private RealApi(KubernetesClient admin, Path kubeconfig) {
        this.admin = admin;
        this.kubeconfig = kubeconfig;
    }

    /** Applies the component to a server that was just started; the kubeconfig is for its service account. */
    static void prepare(ApiServer server, Path kubeconfig) throws IOException {
        try (KubernetesClient admin = administrator(server)) {
            admin.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("slipway")
                            .endMetadata()
                            .build())
                    .create();
            for (String file : List.of("namespace.yaml", "priority-class.yaml", "rights.yaml")) {
                try (InputStream text = Files.newInputStream(COMPONENT.resolve(file))) {
                    admin.load(text).create();
                }
            }
            Files.writeString(kubeconfig, server.kubeconfig(tokenOf(admin, "warmup-service")));
        }
    }

    /** The token of an account in the namespace of the services; the account is created. */
    static String tokenOf(KubernetesClient admin, String account) {
        admin.serviceAccounts()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(account)
                        .withNamespace("slipway")
                        .endMetadata()
                        .build())
                .create();
        return admin.serviceAccounts()
                .inNamespace("slipway")
                .withName(account)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    static KubernetesClient administrator(ApiServer server) {
        try {
            return new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(server.kubeconfig(server.adminToken())))
                    .build();
        } catch (IOException e) {
            throw new AssertionError("the server has no certificate", e);
        }
    }

    static RealApi of(ApiServer server, Path kubeconfig) {
        return new RealApi(administrator(server), kubeconfig);
    }

    @Override
    public FakeKubelet.Api kind() {
        return FakeKubelet.Api.REAL;
    }

    @Override
    public KubernetesClient admin() {
        return admin;
    }

    @Override
    public KubernetesClient client(Interceptor listener) {
        return KubernetesClients.ofKubeconfig(kubeconfig, null).open(listener);
    }

    @Override
    public String namespace() {
        return NAMESPACE;
    }

    @Override
    public Optional<String> priorityClass() {
        return Optional.of("slipway-warmup");
    }

    /** Leaves the server as it was before the test. */
    @Override
    public void close() {
        admin.pods().inNamespace(NAMESPACE).withGracePeriod(0).delete();
        admin.nodes().delete();
        await().until(() -> admin.nodes().list().getItems().isEmpty()
                && admin.pods().inNamespace(NAMESPACE).list().getItems().isEmpty());
        admin.close();
    }
}
