package dev.slipway.push.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.contract.DockerRegistry;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CNCF Distribution 2.8: it neither lists referrers nor deletes tags. */
final class DistributionTargetTest extends OciTargetContract {
    private static DockerRegistry registry;
    private static RegistryClient client;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        registry = DockerRegistry.startOrSkip(directory);
        client = new RegistryClient();
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            client.close();
            registry.close();
        }
    }

    @Override
    String registry() {
        return registry.name();
    }

    @Override
    RegistryClient client() {
        return client;
    }

    @Override
    protected boolean deletesTags() {
        return false;
    }

    private String fallbackTag() {
        return "sha256-" + image.index().digest().hex();
    }

    @Test
    void keepsWhatOthersHaveListed() {
        push(image);
        Descriptor foreign = image.children().getFirst().descriptor();
        repository().tag(ImageIndex.of(List.of(foreign)).manifest(), fallbackTag());
        Manifest sbom = referrer("sbom");

        target.putManifest(sbom);

        assertThat(listed()).containsExactly(foreign.digest(), sbom.digest());
    }

    @Test
    void doesNotReplaceAListThatIsNone() {
        push(image);
        repository().tag(image.children().getFirst(), fallbackTag());
        Manifest sbom = referrer("sbom");

        assertThatThrownBy(() -> target.putManifest(sbom))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT))
                .hasMessageContaining(fallbackTag());

        assertThat(named(fallbackTag())).isEqualTo(image.children().getFirst().digest());
    }

    @Test
    void doesNotReplaceTheImageItselfByAList() {
        push(image);
        repository().tag(image.index(), fallbackTag());
        Manifest sbom = referrer("sbom");

        assertThatThrownBy(() -> target.putManifest(sbom))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.REFUSED))
                .hasMessageContaining(fallbackTag());

        assertThat(named(fallbackTag())).isEqualTo(image.index().digest());
    }

    private List<Digest> listed() {
        return ImageIndex.of(repository().manifest(fallbackTag()).orElseThrow()).manifests().stream()
                .map(Descriptor::digest)
                .toList();
    }
}
