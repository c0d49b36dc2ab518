package dev.slipway.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageManifest;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What publishing relies on in every registry. */
public abstract class TargetRegistryContract {
    protected final InMemoryStaging staging = new InMemoryStaging();
    protected final TestImage image = TestImage.in(staging, "one", 1000);
    private final String name = "contract/" + UUID.randomUUID();
    protected TargetRegistry target;

    /** A repository, opened anew. */
    protected abstract TargetRegistry open(String repository);

    /** Whether a tag can be deleted without what it names. */
    protected boolean deletesTags() {
        return true;
    }

    @BeforeEach
    void openRepository() {
        target = open(name);
    }

    /** Brings an image by digest. */
    protected void push(TestImage pushed) {
        Stream.concat(pushed.layers().stream(), pushed.configs().stream())
                .forEach(blob -> target.putBlob(blob, BlobSource.of(staging.blob(blob))));
        pushed.children().forEach(target::putManifest);
        target.putManifest(pushed.index());
    }

    @Test
    void answersEmptyForWhatIsNotThere() {
        Descriptor absent = image.layers().getFirst();

        assertThat(target.resolve("absent")).isEmpty();
        assertThat(target.resolve(absent.digest().value())).isEmpty();
        assertThat(target.manifest(absent.digest())).isEmpty();
        assertThat(target.blob(absent)).isEmpty();
        assertThat(target.hasBlob(absent.digest())).isFalse();
    }

    @Test
    void keepsBlobs() {
        Descriptor layer = image.layers().getFirst();

        target.putBlob(layer, BlobSource.of(staging.blob(layer)));

        assertThat(target.hasBlob(layer.digest())).isTrue();
        assertThat(target.blob(layer)).contains(staging.blob(layer));
    }

    @Test
    void refusesABlobThatIsNotWhatItsDigestSays() {
        Descriptor layer = image.layers().getFirst();
        byte[] other = new byte[(int) layer.size()];

        assertThatThrownBy(() -> target.putBlob(layer, BlobSource.of(other))).isInstanceOf(StoreException.class);

        assertThat(target.hasBlob(layer.digest())).isFalse();
    }

    @Test
    void takesBlobsOverFromAnotherRepository() {
        Descriptor layer = image.layers().getFirst();
        target.putBlob(layer, BlobSource.of(staging.blob(layer)));
        TargetRegistry other = open(name + "/other");

        assertThat(other.mountBlob(layer, target.repository())).isTrue();

        assertThat(other.hasBlob(layer.digest())).isTrue();
        assertThat(other.traffic().bytesMounted()).isEqualTo(layer.size());
        assertThat(other.traffic().bytesSent()).isZero();
    }

    @Test
    void takesNothingOverThatTheOtherRepositoryLacks() {
        TargetRegistry other = open(name + "/other");

        assertThat(other.mountBlob(image.layers().getFirst(), target.repository()))
                .isFalse();

        assertThat(other.traffic().bytesMounted()).isZero();
    }

    @Test
    void showsManifestsByDigestAndNoTag() {
        push(image);

        assertThat(target.manifest(image.index().digest())).contains(image.index());
        assertThat(target.resolve(image.index().digest().value()))
                .map(Descriptor::mediaType)
                .contains(MediaTypes.IMAGE_INDEX);
        assertThat(target.resolve("1")).isEmpty();
    }

    @Test
    void letsATagNameSomethingElse() {
        TestImage next = TestImage.in(staging, "two", 1000);
        push(image);
        push(next);
        target.tag(image.index(), "1");

        target.tag(next.index(), "1");

        assertThat(named("1")).isEqualTo(next.index().digest());
        assertThat(target.manifest(image.index().digest())).isPresent();
    }

    @Test
    void writesAManifestWithItsTagWhereOnlyItsChildrenAreThere() {
        push(image);
        assumeTrue(target.deleteManifest(image.index().digest()), "skipped: this registry deletes no manifests");

        target.tag(image.index(), "1");

        assertThat(named("1")).isEqualTo(image.index().digest());
    }

    @Test
    void deletesATagAloneOrSaysThatItDoesNot() {
        push(image);
        target.tag(image.index(), "1");
        target.tag(image.index(), "2");

        assertThat(target.deleteTag("1")).isEqualTo(deletesTags());

        assertThat(target.resolve("1").isPresent()).isEqualTo(!deletesTags());
        assertThat(named("2")).isEqualTo(image.index().digest());
    }

    @Test
    void deletesAManifestWithEveryTagThatNamesIt() {
        TestImage next = TestImage.in(staging, "two", 1000);
        push(image);
        push(next);
        target.tag(image.index(), "1");
        target.tag(image.index(), "2");
        target.tag(next.index(), "3");

        assertThat(target.deleteManifest(image.index().digest())).isTrue();

        assertThat(target.resolve("1")).isEmpty();
        assertThat(target.resolve("2")).isEmpty();
        assertThat(named("3")).isEqualTo(next.index().digest());
    }

    @Test
    void countsWhatItSends() {
        byte[] bytes = "content".getBytes(UTF_8);

        target.putBlob(Descriptor.of(MediaTypes.LAYER, bytes), BlobSource.of(bytes));

        assertThat(target.traffic().bytesSent()).isEqualTo(bytes.length);
        assertThat(target.traffic().requests()).isPositive();
        assertThat(open(name).traffic()).isEqualTo(Traffic.NONE);
    }

    protected Digest named(String tag) {
        return target.resolve(tag).orElseThrow().digest();
    }

    /** An artifact that refers to the image, with its blobs there. */
    protected Manifest referrer(String text) {
        Manifest referrer = image.referrer(staging, text);
        Descriptor layer = Descriptor.of("application/spdx+json", text.getBytes(UTF_8));
        target.putBlob(layer, BlobSource.of(text.getBytes(UTF_8)));
        target.putBlob(ImageManifest.EMPTY_CONFIG, BlobSource.of("{}".getBytes(UTF_8)));
        return referrer;
    }
}
