package dev.slipway.warmup.run;

import dev.slipway.oci.Reference;
import dev.slipway.warmup.WarmupOutcome.Warmed;
import dev.slipway.warmup.WarmupWish;
import dev.slipway.warmup.kubernetes.KubernetesClients;
import dev.slipway.warmup.kubernetes.KubernetesCluster;
import dev.slipway.warmup.kubernetes.PodSettings;
import dev.slipway.warmup.limits.Limits;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Warms an image on all nodes of a simulated cluster: {@code KUBECONFIG CREATES_PER_SECOND RUNS}. Prints how long that took, what
 * the pace alone allows, and how large the old generation was at most.
 */
final class WarmupBenchmark {
    private static final int IN_FLIGHT = 100;
    private static final int BURST = 20;

    private WarmupBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        double perSecond = Double.parseDouble(arguments[1]);
        int runs = Integer.parseInt(arguments[2]);
        Limits limits = Limits.of(IN_FLIGHT, perSecond, BURST);
        try (KubernetesCluster cluster = new KubernetesCluster(
                        "eu",
                        KubernetesClients.ofKubeconfig(Path.of(arguments[0]), null),
                        new PodSettings(RealApi.NAMESPACE, List.of(), Optional.of("slipway-warmup"), 65532, Set.of()),
                        Duration.ofMinutes(2));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            WarmCluster warm = new WarmCluster(
                    FakeCluster.settings("1", "1%", "10%", "all"),
                    limits,
                    cluster,
                    cluster,
                    (repository, digest) -> FakeCluster.BOTH,
                    repository -> new Reference.Digested(FakeCluster.TOOLS, Optional.empty(), FakeCluster.TOOL),
                    threads);
            long began = System.nanoTime();
            var all = IntStream.range(0, runs)
                    .mapToObj(i -> threads.submit(() -> warm.warm(
                            FakeCluster.image("build-" + i),
                            new WarmupWish(List.of(), Map.of(), List.of(), Optional.of(Duration.ofMinutes(60))),
                            new Heard())))
                    .toList();
            int warmed = 0;
            for (var one : all) {
                warmed += ((Warmed) one.get()).end().warm();
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "%d runs, %d nodes warmed in all: %.1f s; the pace of %.0f creates a second allows %.1f s; old"
                            + " generation at most %d MiB, heap limit %d MiB%n",
                    runs,
                    warmed,
                    seconds,
                    perSecond,
                    Math.max(0, warmed - BURST) / perSecond,
                    mostInUse() >> 20,
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }

    /** What the largest pool had in use at most, garbage included: with the serial collector, the old generation. */
    private static long mostInUse() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .max()
                .orElse(0);
    }
}
