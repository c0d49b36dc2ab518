package dev.slipway.push.rollback;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetRegistries;
import dev.slipway.push.rollback.TagTurns.Turn;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a tag is rolled back to, and the tags that go with it: those of the same name that the last publish moved and
 * nothing has moved since, on whatever registry. So what was published as one is undone as one.
 */
public final class FindEarlierImage {
    private final TagTurns turns;
    private final TargetRegistries registries;

    public FindEarlierImage(TagTurns turns, TargetRegistries registries) {
        this.turns = turns;
        this.registries = registries;
    }

    /**
     * Looks for it.
     *
     * @param wanted empty for what the tag named before it last changed
     */
    public EarlierImage find(Reference.Tagged tag, Optional<Digest> wanted) {
        List<Turn> past = turns.of(tag);
        if (past.isEmpty()) {
            return refused(tag, "nothing was ever published as %s".formatted(tag));
        }
        return wanted.map(digest -> named(tag, past, digest)).orElseGet(() -> previous(tag, past));
    }

    private EarlierImage named(Reference.Tagged tag, List<Turn> past, Digest digest) {
        boolean known = past.stream()
                .anyMatch(
                        turn -> turn.digest().equals(digest) || turn.previous().equals(Optional.of(digest)));
        return known
                ? found(tag, past, digest)
                : refused(
                        tag,
                        "%s has never named %s; 'slipway history %s' lists what it has named"
                                .formatted(tag, digest, tag));
    }

    private EarlierImage previous(Reference.Tagged tag, List<Turn> past) {
        Digest last = past.getFirst().digest();
        Optional<Digest> before = before(past, last);
        if (before.isEmpty()) {
            return refused(tag, "%s has named nothing before %s".formatted(tag, last));
        }
        return movedByOthers(tag, last).orElseGet(() -> found(tag, past, before.get()));
    }

    private static Optional<Digest> before(List<Turn> past, Digest last) {
        for (Turn turn : past) {
            if (!turn.digest().equals(last)) {
                return Optional.of(turn.digest());
            }
            if (!turn.previous().equals(Optional.of(last))) {
                return turn.previous();
            }
        }
        return Optional.empty();
    }

    /** What "previous" means is plain only as long as the tag names what it was published with. */
    private Optional<EarlierImage> movedByOthers(Reference.Tagged tag, Digest last) {
        try {
            Optional<Digest> now =
                    registries.open(tag.repository()).resolve(tag.tag()).map(Descriptor::digest);
            return now.equals(Optional.of(last))
                    ? Optional.empty()
                    : Optional.of(new EarlierImage.Refused(new TargetFailure(
                            TargetFailure.Reason.TAG_MOVED_BY_OTHERS,
                            "%s names %s, and was last published with %s: say which digest it shall name"
                                    .formatted(tag, now.map(Digest::value).orElse("nothing"), last),
                            tag.repository().registry(),
                            false)));
        } catch (StoreException e) {
            return Optional.of(new EarlierImage.Refused(TargetFailure.of(e)));
        }
    }

    private EarlierImage found(Reference.Tagged tag, List<Turn> past, Digest digest) {
        Optional<String> publishedBy = past.stream()
                .filter(turn -> turn.digest().equals(digest))
                .findFirst()
                .map(Turn::buildId);
        return new EarlierImage.Found(digest, publishedBy, sameName(tag, past.getFirst()));
    }

    private List<Reference.Tagged> sameName(Reference.Tagged tag, Turn last) {
        List<Reference.Tagged> tags = turns.takenBy(last.buildId()).stream()
                .filter(other -> other.tag().equals(tag.tag()))
                .filter(other -> turns.of(other).stream()
                        .findFirst()
                        .filter(turn -> turn.buildId().equals(last.buildId()))
                        .isPresent())
                .toList();
        return tags.contains(tag) ? tags : List.of(tag);
    }

    private static EarlierImage refused(Reference.Tagged tag, String why) {
        return new EarlierImage.Refused(new TargetFailure(
                TargetFailure.Reason.NO_EARLIER_IMAGE, why, tag.repository().registry(), false));
    }
}
