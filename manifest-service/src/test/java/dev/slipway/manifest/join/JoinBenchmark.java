package dev.slipway.manifest.join;

import dev.slipway.events.EventIds;
import dev.slipway.events.Topic;
import java.util.List;
import java.util.stream.IntStream;

/** What {@code benchmarks/assembly} runs: builds of ten platforms through the topology, without Kafka. */
public final class JoinBenchmark {
    private static final List<String> PLATFORMS =
            IntStream.range(0, 10).mapToObj(i -> "linux/arch" + i).toList();
    private static final int BUILDS = 2_000;

    private JoinBenchmark() {}

    public static void main(String[] arguments) {
        for (String round : List.of("warm-up", "measured")) {
            try (JoinDriver join = new JoinDriver()) {
                long start = System.nanoTime();
                for (int build = 0; build < BUILDS; build++) {
                    String id = EventIds.buildId("/benchmark/" + round, Integer.toString(build));
                    join.pipe(Samples.planned(id, PLATFORMS, List.of()));
                    PLATFORMS.forEach(platform -> join.pipe(Samples.built(id, platform, 1)));
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                if (join.facts(Topic.IMAGE_ASSEMBLY_READY).size() != BUILDS) {
                    throw new IllegalStateException("builds were lost");
                }
                System.out.printf(
                        "join, %s: %.0f platform results a second on one core, test driver included%n",
                        round, BUILDS * PLATFORMS.size() / seconds);
            }
        }
    }
}
