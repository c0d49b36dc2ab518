package dev.slipway.push.kafka.log;

import dev.slipway.events.JournalEvent;
import dev.slipway.events.TagStateEvent;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.push.moving.Prepared;
import dev.slipway.push.moving.TagHistory;
import java.time.Instant;
import java.util.Optional;

/** Records of the log in the words of the core. */
final class Entries {
    private Entries() {}

    static Prepared prepared(JournalEvent.ImagePublishPrepared event, Instant at) {
        return new Prepared(
                event.buildId(),
                new Digest(event.digest()),
                event.targets().stream()
                        .map(target -> new Prepared.Target(
                                Reference.parseTagged(target.reference()),
                                Optional.ofNullable(target.previous()).map(Entries::descriptor),
                                target.digestWasPresent()))
                        .toList(),
                at);
    }

    static TagHistory.Moved moved(TagStateEvent.TagMoved event) {
        return new TagHistory.Moved(
                Reference.parseTagged(event.reference()),
                new Digest(event.digest()),
                event.buildId(),
                event.requestedAt());
    }

    private static Descriptor descriptor(dev.slipway.events.model.Descriptor descriptor) {
        return Descriptor.of(descriptor.mediaType(), new Digest(descriptor.digest()), descriptor.size());
    }
}
