package dev.slipway.push.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import dev.slipway.push.TargetRegistry;
import dev.slipway.push.TargetRegistryContract;
import dev.slipway.push.work.Parallel;
import dev.slipway.push.work.Pauses;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract over the wire, and what refers to an image. */
abstract class OciTargetContract extends TargetRegistryContract {
    abstract String registry();

    abstract RegistryClient client();

    /** As one process sees all registries. */
    OciRegistries registries() {
        return new OciRegistries(client(), 4, 2, Pauses.waiting(), Set.of());
    }

    @Override
    protected TargetRegistry open(String repository) {
        return registries().open(new RepositoryName(registry(), repository));
    }

    RegistryRepository repository() {
        return client().repository(target.repository());
    }

    private List<Digest> referrers() {
        return repository().referrers(image.index().digest(), Optional.empty()).stream()
                .map(Descriptor::digest)
                .toList();
    }

    @Test
    void listsWhatRefersToAnImage() {
        push(image);
        Manifest sbom = referrer("sbom");

        target.putManifest(sbom);

        assertThat(repository().referrers(image.index().digest(), Optional.of("application/spdx+json")))
                .extracting(Descriptor::digest)
                .containsExactly(sbom.digest());
    }

    @Test
    void listsAReferrerOnceHoweverOftenItIsWritten() {
        push(image);
        Manifest sbom = referrer("sbom");

        target.putManifest(sbom);
        target.putManifest(sbom);

        assertThat(referrers()).containsExactly(sbom.digest());
    }

    @Test
    void attachesBesideWhatOthersAttached() {
        Manifest others = attachment("others");
        Manifest ours = attachment("ours");
        target.attach(others, "x.sig");
        assertThat(target.isAttached(ours, "x.sig")).isFalse();

        target.attach(ours, "x.sig");
        Manifest both = repository().manifest("x.sig").orElseThrow();
        target.attach(ours, "x.sig");

        assertThat(target.isAttached(ours, "x.sig")).isTrue();
        assertThat(target.isAttached(others, "x.sig")).isTrue();
        assertThat(repository().manifest("x.sig")).contains(both);
        assertThat(ImageManifest.of(both).layers())
                .containsExactly(
                        ImageManifest.of(others).layers().getFirst(),
                        ImageManifest.of(ours).layers().getFirst());
    }

    @Test
    void attachesToNothingElse() {
        push(image);
        target.tag(image.index(), "x.sig");

        assertThatThrownBy(() -> target.attach(attachment("ours"), "x.sig"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(":x.sig names something else");
        assertThat(target.resolve("x.sig")).contains(image.index().descriptor());
    }

    private Manifest attachment(String text) {
        byte[] content = text.getBytes(UTF_8);
        Descriptor layer = Descriptor.of("application/x-signature", content);
        target.putBlob(layer, BlobSource.of(content));
        target.putBlob(ImageManifest.EMPTY_CONFIG, BlobSource.of("{}".getBytes(UTF_8)));
        return ImageManifest.of(ImageManifest.EMPTY_CONFIG, List.of(layer)).manifest();
    }

    @Test
    void losesNoReferrerOfManyAtOnce() {
        push(image);
        List<Manifest> referrers =
                IntStream.range(0, 6).mapToObj(i -> referrer("sbom " + i)).toList();

        new Parallel(Thread.ofVirtual().factory()).forEach(referrers, target::putManifest);

        assertThat(referrers())
                .containsExactlyInAnyOrderElementsOf(
                        referrers.stream().map(Manifest::digest).toList());
    }
}
