package dev.slipway.warmup.run;

import dev.slipway.local.kubernetes.ApiServer;
import dev.slipway.local.kubernetes.FakeNode;
import dev.slipway.local.kubernetes.FakePulls;
import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Plays many nodes over a real API server, for benchmarks, in a process of its own: {@code NODES KUBECONFIG}. Each has a status of
 * 50 images, 20 KB in all. It says {@code ready}, then what was asked of the server whenever a line comes in, and ends with its
 * input.
 */
final class SimulatedCluster {
    private static final int IMAGES = 50;

    private SimulatedCluster() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int count = Integer.parseInt(arguments[0]);
        Path kubeconfig = Path.of(arguments[1]);
        try (ApiServer server = ApiServer.startTemporary()) {
            RealApi.prepare(server, kubeconfig);
            try (FakeCluster cluster = new FakeCluster(RealApi.of(server, kubeconfig))) {
                cluster.pulls = FakePulls.seeded(1, Duration.ofMillis(200), Duration.ofMillis(1500));
                String images = images(cluster);
                try (var joining = Executors.newFixedThreadPool(8)) {
                    IntStream.range(0, count).forEach(i -> joining.execute(() -> join(cluster, i, images)));
                }
                System.out.println("ready");
                while (System.in.read() > 0) {
                    System.out.println(server.requests().stream()
                            .filter(request -> !request.uri().contains("continue="))
                            .collect(Collectors.groupingBy(
                                    request -> request.verb() + " " + request.resource(), Collectors.counting())));
                }
                Files.deleteIfExists(kubeconfig);
            }
        }
    }

    private static String images(FakeCluster cluster) {
        List<ContainerImage> images = IntStream.range(0, IMAGES)
                .mapToObj(i -> new ContainerImage(
                        List.of("registry.example.com/" + "team/".repeat(40) + i + "@sha256:" + "a".repeat(64)), 100L))
                .toList();
        return "[{\"op\":\"add\",\"path\":\"/status/images\",\"value\":%s}]"
                .formatted(cluster.admin.getKubernetesSerialization().asJson(images));
    }

    private static void join(FakeCluster cluster, int number, String images) {
        String name = "node-" + number;
        cluster.kubelet.join(FakeNode.amd64(name));
        cluster.admin.nodes().withName(name).subresource("status").patch(PatchContext.of(PatchType.JSON), images);
    }
}
