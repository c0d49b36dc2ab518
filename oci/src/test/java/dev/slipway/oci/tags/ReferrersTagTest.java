package dev.slipway.oci.tags;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.contract.MemoryStore;
import dev.slipway.oci.image.ImageIndex;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReferrersTagTest {
    private static final Manifest SUBJECT = ImageIndex.of(List.of()).manifest();
    private static final String TAG = "sha256-" + SUBJECT.digest().hex();

    private final MemoryStore store = MemoryStore.alone();
    private final AtomicInteger pauses = new AtomicInteger();
    private final ReferrersTag referrers = new ReferrersTag(store, pause -> pauses.incrementAndGet());

    @Test
    void startsAListAndKeepsWhatOthersListed() {
        Descriptor others = referrer("others");
        store.tag(
                ImageIndex.of(List.of(others))
                        .withAnnotations(Map.of("by", "others"))
                        .manifest(),
                TAG);

        referrers.add(SUBJECT.digest(), referrer("ours"));

        assertThat(listed().manifests()).containsExactly(others, referrer("ours"));
        assertThat(listed().annotations()).containsEntry("by", "others");
        assertThat(pauses).hasValue(0);
    }

    @Test
    void writesNothingThatIsListed() {
        referrers.add(SUBJECT.digest(), referrer("ours"));
        Digest before = listed().digest();

        referrers.add(SUBJECT.digest(), referrer("ours"));

        assertThat(listed().digest()).isEqualTo(before);
    }

    @Test
    void writesAgainWhatSomebodyOverwrote() {
        AtomicInteger looks = new AtomicInteger();
        SharedTag tag = new SharedTag(store, TAG, pause -> pauses.incrementAndGet());

        tag.extend(there -> looks.incrementAndGet() <= 3 ? Optional.of(SUBJECT) : Optional.empty());

        assertThat(looks)
                .as("read, written, overwritten, read, read after a pause, written, read")
                .hasValue(4);
        assertThat(pauses).hasValue(1);
    }

    @Test
    void givesUpWhereOthersAlwaysOverwriteIt() {
        SharedTag tag = new SharedTag(store, TAG, pause -> pauses.incrementAndGet());

        assertThatThrownBy(() -> tag.extend(there -> Optional.of(SUBJECT)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.retryable()).isTrue())
                .hasMessageContaining(TAG + " did not stay there");
        assertThat(pauses).hasValue(4);
    }

    @Test
    void refusesARegistryThatResolvesTheTagToTheSubject() {
        store.tag(SUBJECT, TAG);

        assertThatThrownBy(() -> referrers.add(SUBJECT.digest(), referrer("ours")))
                .hasMessageContaining("%s is %s itself".formatted(TAG, SUBJECT.digest()));
        assertThat(listed().digest()).isEqualTo(SUBJECT.digest());
    }

    private ImageIndex listed() {
        return ImageIndex.of(store.manifest(TAG).orElseThrow());
    }

    private static Descriptor referrer(String text) {
        return new Descriptor(
                MediaTypes.IMAGE_MANIFEST,
                Digest.of(text.getBytes(UTF_8)),
                text.length(),
                null,
                "application/x-test",
                Map.of("k", "v"));
    }
}
