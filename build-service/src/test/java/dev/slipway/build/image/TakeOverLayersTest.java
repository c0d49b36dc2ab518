package dev.slipway.build.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.BuildException;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.MemoryRegistry;
import dev.slipway.oci.contract.MemoryStore;
import org.junit.jupiter.api.Test;

class TakeOverLayersTest {
    private static final byte[] CONTENT = "layer".getBytes(UTF_8);
    private static final Descriptor LAYER = Descriptor.of(MediaTypes.LAYER_GZIP, CONTENT);
    private static final RepositoryName STAGING = new RepositoryName("here.test", "staging");
    private static final RepositoryName NEAR = new RepositoryName("here.test", "base");
    private static final RepositoryName FAR = new RepositoryName("elsewhere.test", "base");

    private final MemoryRegistry registry = new MemoryRegistry();
    private final MemoryStore staging = registry.open(STAGING);
    private final TakeOverLayers layers = new TakeOverLayers(staging);

    @Test
    void mountsWhatLiesOnTheSameRegistry() {
        registry.open(NEAR).putBlob(LAYER, BlobSource.of(CONTENT));

        layers.takeOver(LAYER, registry.open(NEAR), NEAR);

        assertThat(staging.mounted).containsExactly(LAYER.digest());
        assertThat(staging.sent).isEmpty();
    }

    @Test
    void streamsWhatLiesElsewhere() {
        registry.open(FAR).putBlob(LAYER, BlobSource.of(CONTENT));

        layers.takeOver(LAYER, registry.open(FAR), FAR);

        assertThat(staging.bytes(LAYER.digest())).isEqualTo(CONTENT);
        assertThat(registry.open(FAR).opened).containsExactly(LAYER.digest());
    }

    @Test
    void leavesAloneWhatIsThere() {
        staging.putBlob(LAYER, BlobSource.of(CONTENT));

        layers.takeOver(LAYER, registry.open(FAR), FAR);

        assertThat(registry.open(FAR).opened).isEmpty();
        assertThat(staging.mounted).isEmpty();
    }

    @Test
    void saysThatTheBaseImageIsNotAvailable() {
        assertThatThrownBy(() -> layers.takeOver(LAYER, registry.open(FAR), FAR))
                .isInstanceOfSatisfying(BuildException.class, e -> {
                    assertThat(e.reason()).isEqualTo(BuildException.Reason.BASE_IMAGE_UNAVAILABLE);
                    assertThat(e.retryable()).isFalse();
                })
                .hasMessage("layer %s of base image %s: %s has no blob %s", LAYER.digest(), FAR, FAR, LAYER.digest());
    }
}
