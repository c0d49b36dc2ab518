package dev.slipway.warmup.run;

import dev.slipway.local.kubernetes.FakeKubelet;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** fabric8's mock of an API server; it answers as it is told to first, and by what it holds then. */
final class MockApi implements FakeCluster.Api {
    private final Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
    final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), answers, new KubernetesMixedDispatcher(answers), false);
    final Requests requests = new Requests();
    private final KubernetesClient admin;

    MockApi() {
        server.init();
        admin = server.createClient();
    }

    @Override
    public FakeKubelet.Api kind() {
        return FakeKubelet.Api.MOCK;
    }

    @Override
    public KubernetesClient admin() {
        return admin;
    }

    @Override
    public KubernetesClient client(Interceptor listener) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(admin.getConfiguration())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .withHttpClientBuilderConsumer(builder ->
                        builder.addOrReplaceInterceptor("test", listener).addOrReplaceInterceptor("requests", requests))
                .build();
    }

    @Override
    public String namespace() {
        return "warm";
    }

    @Override
    public Optional<String> priorityClass() {
        return Optional.empty();
    }

    /** It answers nobody any more. */
    void stop() {
        server.shutdown();
    }

    @Override
    public void close() {
        admin.close();
        server.destroy();
    }
}
