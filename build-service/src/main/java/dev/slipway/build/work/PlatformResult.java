package dev.slipway.build.work;

import dev.slipway.build.BuiltImage;
import dev.slipway.oci.Descriptor;
import java.util.List;

/** The image of one platform, in staging. */
public sealed interface PlatformResult {

    record Built(BuiltImage image) implements PlatformResult {}

    /** It was there: another attempt had built it. */
    record Found(Descriptor manifest, List<Descriptor> referrers) implements PlatformResult {
        public Found {
            referrers = List.copyOf(referrers);
        }
    }
}
