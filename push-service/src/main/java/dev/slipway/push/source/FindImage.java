package dev.slipway.push.source;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.push.TargetFailure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds where an image still lies: in staging, or in one of the repositories that have named it. */
public final class FindImage {
    private final ImageSources sources;

    public FindImage(ImageSources sources) {
        this.sources = sources;
    }

    /** What came of the search. */
    public sealed interface Result {
        /**
         * It is there.
         *
         * @param inStaging whether that is the staging repository, which has all that Slipway made for it
         */
        record Found(StagingArea source, Descriptor image, boolean inStaging) implements Result {}

        record Lost(TargetFailure why) implements Result {}
    }

    /** Asks one after the other; a repository that cannot be asked is passed over as long as another has it. */
    public Result find(Digest digest, List<RepositoryName> others) {
        @Nullable TargetFailure unasked = null;
        List<StagingArea> areas = Stream.concat(
                        Stream.of(sources.staging()), others.stream().distinct().map(sources::of))
                .toList();
        for (StagingArea area : areas) {
            try {
                Optional<Descriptor> there = area.store().resolve(digest.value());
                if (there.isPresent()) {
                    return new Result.Found(area, there.get(), area.equals(sources.staging()));
                }
            } catch (StoreException e) {
                unasked = unasked == null ? TargetFailure.of(e) : unasked;
            }
        }
        return new Result.Lost(unasked != null ? unasked : lost(digest, areas));
    }

    private static TargetFailure lost(Digest digest, List<StagingArea> areas) {
        List<String> asked = areas.stream().map(area -> area.store().location()).toList();
        return new TargetFailure(
                TargetFailure.Reason.NO_EARLIER_IMAGE,
                "none of %s has %s any more".formatted(String.join(", ", asked), digest),
                asked.getLast(),
                false);
    }
}
