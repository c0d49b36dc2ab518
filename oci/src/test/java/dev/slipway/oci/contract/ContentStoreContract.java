package dev.slipway.oci.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of {@link ContentStore}. Each test uses content of its own, so that a store may be shared. */
public abstract class ContentStoreContract {
    private static final Random RANDOM = new Random();

    /** A repository that is empty when the class starts, or holds what other tests of this class wrote. */
    protected abstract ContentStore store();

    /** Whether a deleted tag leaves the manifest; a store that cannot do that answers false. */
    protected boolean deletesTags() {
        return true;
    }

    @Test
    void knowsNothingThatWasNotWritten() {
        Digest absent = Digest.of(fresh(10));

        assertThat(store().resolve("absent-tag")).isEmpty();
        assertThat(store().manifest("absent-tag")).isEmpty();
        assertThat(store().resolve(absent.value())).isEmpty();
        assertThat(store().manifest(absent.value())).isEmpty();
        assertThat(store().hasBlob(absent)).isFalse();
    }

    @Test
    void readsBackTheBlobThatWasWritten() throws IOException {
        byte[] content = fresh(100_000);
        Descriptor blob = Descriptor.of(MediaTypes.LAYER, content);

        boolean sent = store().putBlob(blob, BlobSource.of(content));

        assertThat(sent).isTrue();
        assertThat(store().hasBlob(blob.digest())).isTrue();
        assertThat(store().blob(blob)).isEqualTo(content);
        try (InputStream stream = store().openBlob(blob)) {
            assertThat(stream.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void sendsABlobOnlyOnce() {
        byte[] content = fresh(1000);
        Descriptor blob = Descriptor.of(MediaTypes.LAYER, content);
        store().putBlob(blob, BlobSource.of(content));

        boolean sent = store().putBlob(blob, () -> {
            throw new AssertionError("read although it is there");
        });

        assertThat(sent).isFalse();
    }

    @Test
    void takesABlobWhoseDigestNobodyKnows() {
        for (int size : List.of(0, 1, 3_000_000)) {
            byte[] content = fresh(size);

            Descriptor blob = store().addBlob(MediaTypes.LAYER, size, BlobSource.of(content));

            assertThat(blob).isEqualTo(Descriptor.of(MediaTypes.LAYER, content));
            assertThat(store().blob(blob)).isEqualTo(content);
        }
    }

    @Test
    void readsAPartOfABlob() {
        byte[] content = fresh(100_000);
        Descriptor blob = store().addBlob(MediaTypes.LAYER, content.length, BlobSource.of(content));

        assertThat(store().part(blob, 0, 10)).isEqualTo(Arrays.copyOfRange(content, 0, 10));
        assertThat(store().part(blob, 60_000, 30_000)).isEqualTo(Arrays.copyOfRange(content, 60_000, 90_000));
        assertThat(store().part(blob, 99_990, 100)).isEqualTo(Arrays.copyOfRange(content, 99_990, 100_000));
    }

    @Test
    void takesAnEmptyBlob() {
        Descriptor blob = Descriptor.of("application/octet-stream", new byte[0]);

        store().putBlob(blob, BlobSource.of(new byte[0]));

        assertThat(store().blob(blob)).isEmpty();
    }

    @Test
    void refusesABlobThatIsNotWhatItsDigestSays() {
        byte[] content = fresh(1000);
        byte[] other = fresh(1000);
        Descriptor blob = Descriptor.of(MediaTypes.LAYER, content);

        assertThatThrownBy(() -> store().putBlob(blob, BlobSource.of(other))).isInstanceOf(StoreException.class);

        assertThat(store().hasBlob(blob.digest())).isFalse();
        assertThat(store().hasBlob(Digest.of(other))).isFalse();
    }

    @Test
    void refusesABlobThatIsShorterThanItsDescriptorSays() {
        byte[] content = fresh(1000);
        Descriptor blob = Descriptor.of(MediaTypes.LAYER, Digest.of(content), 2000);

        assertThatThrownBy(() -> store().putBlob(blob, BlobSource.of(content))).isInstanceOf(StoreException.class);

        assertThat(store().hasBlob(blob.digest())).isFalse();
    }

    @Test
    void findsOutThatABlobHasAnotherSizeThanAskedFor() {
        byte[] content = fresh(1000);
        store().putBlob(Descriptor.of(MediaTypes.LAYER, content), BlobSource.of(content));
        Descriptor longer = Descriptor.of(MediaTypes.LAYER, Digest.of(content), 1001);
        Descriptor shorter = Descriptor.of(MediaTypes.LAYER, Digest.of(content), 999);

        assertThatThrownBy(() -> store().blob(longer))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT));
        assertThatThrownBy(() -> store().blob(shorter))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT));
    }

    @Test
    void saysThatABlobIsAbsent() {
        Descriptor absent = Descriptor.of(MediaTypes.LAYER, fresh(10));

        assertThatThrownBy(() -> store().blob(absent))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NOT_FOUND))
                .hasMessageContaining(store().location().split("/", 2)[0]);
    }

    @Test
    void readsBackAManifestByDigestAndByTag() {
        Manifest image = image();

        Descriptor byDigest = store().putManifest(image);
        assertThat(byDigest).isEqualTo(image.descriptor());
        assertThat(store().manifest(image.digest().value())).contains(image);

        store().tag(image, "readsback");
        assertThat(store().manifest("readsback")).contains(image);
        assertThat(store().resolve("readsback")).contains(image.descriptor());
        assertThat(store().resolve(image.digest().value())).contains(image.descriptor());
        assertThat(store().tags()).contains("readsback");
    }

    @Test
    void movesATag() {
        Manifest before = image();
        Manifest after = image();
        store().tag(before, "moves");

        store().tag(after, "moves");

        assertThat(store().resolve("moves")).contains(after.descriptor());
        assertThat(store().manifest(before.digest().value())).contains(before);
    }

    @Test
    void keepsAnIndexOverItsChildren() {
        Manifest amd64 = image();
        Manifest arm64 = image();
        store().putManifest(amd64);
        store().putManifest(arm64);
        ImageIndex index = ImageIndex.of(List.of(
                amd64.descriptor().withPlatform(Platform.parse("linux/amd64")),
                arm64.descriptor().withPlatform(Platform.parse("linux/arm64"))));

        store().tag(index.manifest(), "index");

        assertThat(store().manifest("index").map(ImageIndex::of).map(ImageIndex::manifests))
                .contains(index.manifests());
    }

    @Test
    void listsReferrersOfASubjectByKind() {
        Manifest subject = image();
        store().putManifest(subject);
        ImageManifest sbom = artifact("application/spdx+json", subject);
        ImageManifest signature = artifact("application/vnd.example.signature", subject);

        putReferrer(sbom, subject);
        putReferrer(signature, subject);

        assertThat(digests(store().referrers(subject.digest(), Optional.empty())))
                .containsExactlyInAnyOrder(sbom.digest(), signature.digest());
        List<Descriptor> sboms = store().referrers(subject.digest(), Optional.of("application/spdx+json"));
        assertThat(digests(sboms)).containsExactly(sbom.digest());
        assertThat(sboms.getFirst().annotations()).containsEntry("org.example.kind", "application/spdx+json");
    }

    @Test
    void hasNoReferrersOfASubjectThatNobodyRefersTo() {
        assertThat(store().referrers(Digest.of(fresh(10)), Optional.empty())).isEmpty();
    }

    @Test
    void deletesATagAndLeavesWhatItNamed() {
        assumeTrue(deletesTags(), "this store cannot delete a tag alone");
        Manifest image = image();
        store().tag(image, "goes");

        assertThat(store().deleteTag("goes")).isTrue();

        assertThat(store().resolve("goes")).isEmpty();
        assertThat(store().tags()).doesNotContain("goes");
        assertThat(store().manifest(image.digest().value())).contains(image);
    }

    @Test
    void deletesAManifestWithItsTags() {
        Manifest image = image();
        store().tag(image, "goes-too");

        assertThat(store().deleteManifest(image.digest())).isTrue();

        assertThat(store().resolve("goes-too")).isEmpty();
        assertThat(store().manifest(image.digest().value())).isEmpty();
    }

    @Test
    void takesManyBlobsAtOnce() throws Exception {
        List<byte[]> contents =
                IntStream.range(0, 24).mapToObj(i -> fresh(20_000 + i)).toList();

        try (ExecutorService uploads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tasks = contents.stream()
                    .<Callable<Boolean>>map(content ->
                            () -> store().putBlob(Descriptor.of(MediaTypes.LAYER, content), BlobSource.of(content)))
                    .toList();
            for (Future<Boolean> upload : uploads.invokeAll(tasks)) {
                assertThat(upload.get()).isTrue();
            }
        }

        assertThat(contents)
                .allSatisfy(content -> assertThat(store().blob(Descriptor.of(MediaTypes.LAYER, content)))
                        .isEqualTo(content));
    }

    /** A store whose registry does not list referrers by itself gets the fallback tag, as the specification wants. */
    protected void putReferrer(ImageManifest referrer, Manifest subject) {
        store().putManifest(referrer.manifest());
        if (digests(store().referrers(subject.digest(), Optional.empty())).contains(referrer.digest())) {
            return;
        }
        String tag = "sha256-" + subject.digest().hex();
        List<Descriptor> known = new ArrayList<>(store().manifest(tag)
                .map(ImageIndex::of)
                .map(ImageIndex::manifests)
                .orElse(List.of()));
        known.add(referrer.asReferrer());
        store().tag(ImageIndex.of(known).manifest(), tag);
    }

    private ImageManifest artifact(String artifactType, Manifest subject) {
        byte[] content = fresh(200);
        Descriptor layer = Descriptor.of(artifactType, content);
        store().putBlob(layer, BlobSource.of(content));
        store().putBlob(ImageManifest.EMPTY_CONFIG, BlobSource.of("{}".getBytes(StandardCharsets.UTF_8)));
        return ImageManifest.artifact(artifactType, List.of(layer))
                .withSubject(subject.descriptor())
                .withAnnotations(Map.of("org.example.kind", artifactType));
    }

    private Manifest image() {
        byte[] layer = fresh(500);
        Descriptor layerBlob = Descriptor.of(MediaTypes.LAYER, layer);
        ImageConfig config = ImageConfig.of(Platform.parse("linux/amd64")).withDiffIds(List.of(layerBlob.digest()));
        store().putBlob(layerBlob, BlobSource.of(layer));
        store().putBlob(config.descriptor(), BlobSource.of(config.bytes()));
        return ImageManifest.of(config.descriptor(), List.of(layerBlob)).manifest();
    }

    private static List<Digest> digests(List<Descriptor> descriptors) {
        return descriptors.stream().map(Descriptor::digest).toList();
    }

    private static byte[] fresh(int size) {
        byte[] bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
