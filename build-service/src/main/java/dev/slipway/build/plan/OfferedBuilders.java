package dev.slipway.build.plan;

import dev.slipway.oci.Platform;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What the workers that live say they can build with. */
@FunctionalInterface
public interface OfferedBuilders {

    /**
     * One builder of one worker.
     *
     * @param platforms that it builds there, native or emulated
     * @param labels of the worker
     */
    record Offer(String builder, List<Platform> platforms, Map<String, String> labels) {
        public Offer {
            labels = Map.copyOf(labels);
            platforms = List.copyOf(platforms);
        }

        boolean builds(Platform platform) {
            return platforms.stream().anyMatch(host -> host.distanceTo(platform).isPresent());
        }
    }

    /** The offers of a pool's workers; where they are not enough, as they are after a wait of some seconds. */
    List<Offer> await(String pool, Predicate<List<Offer>> enough);
}
