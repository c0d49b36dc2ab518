package dev.slipway.events;

import dev.slipway.events.model.PlatformImage;
import java.util.List;

/** Topic {@code slipway.image.assembly-ready}: the join's result. */
public sealed interface AssemblyReadyEvent extends Fact {

    /**
     * Type {@code dev.slipway.image.assembly-ready.v1}.
     *
     * @param images in the order requested
     * @param missingPlatforms optional ones that did not come
     * @param traceparents of the platform results, same order as {@code images}, for the links of the assembly's span
     */
    record ImageAssemblyReady(
            String buildId,
            BuildPlan plan,
            List<PlatformImage> images,
            List<String> missingPlatforms,
            List<String> traceparents)
            implements AssemblyReadyEvent {
        public ImageAssemblyReady {
            images = List.copyOf(images);
            missingPlatforms = List.copyOf(missingPlatforms);
            traceparents = List.copyOf(traceparents);
        }

        @Override
        public String subject() {
            return buildId;
        }

        @Override
        public List<String> identity() {
            return List.of(buildId);
        }
    }
}
