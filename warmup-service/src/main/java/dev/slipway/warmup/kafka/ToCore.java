package dev.slipway.warmup.kafka;

import dev.slipway.events.WarmSetEvent.WarmSetChanged;
import dev.slipway.events.model.WarmupSpec;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.warmup.PublishedImage;
import dev.slipway.warmup.WarmupWish;
import dev.slipway.warmup.keep.KeptImage;
import java.util.List;
import java.util.Optional;

/** Parts of events in the words of the core. */
final class ToCore {
    private ToCore() {}

    static WarmupWish wish(WarmupSpec spec) {
        return new WarmupWish(spec.clusters(), spec.nodeSelector(), spec.waves(), Optional.ofNullable(spec.deadline()));
    }

    static KeptImage kept(WarmSetChanged event) {
        Reference reference = Reference.parse(event.reference());
        return new KeptImage(
                event.cluster(),
                reference,
                new PublishedImage(event.buildId(), new Digest(event.digest()), List.of(reference.repository())),
                event.nodeSelector(),
                event.until());
    }
}
