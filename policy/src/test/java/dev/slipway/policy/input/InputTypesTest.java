package dev.slipway.policy.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.contract.MemoryStore;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputTypesTest {
    private final MemoryStore store = MemoryStore.alone();

    @Test
    void areAllInTheTable() throws IOException {
        String table =
                Files.readString(Path.of(System.getProperty("slipway.root"), "examples", "policies", "README.md"));

        InputTypes.STRUCTS.forEach((struct, fields) -> fields.forEach(field -> {
            String name = struct.equals(InputTypes.INPUT)
                    ? field.name()
                    : struct.toLowerCase(Locale.ROOT) + "." + field.name();
            assertThat(table).contains("`" + name + "`" + (field.optional() ? "?" : ""));
        }));
    }

    @Test
    void areWhatIsReadOfAnImage() {
        Descriptor image = push();
        store.tag(ImageIndex.of(List.of(image)).manifest(), "1");
        Facts facts = new Facts(
                "acme",
                "release",
                Optional.of("me"),
                Optional.of(
                        new Facts.Source(Optional.of("https://git"), Optional.of("4b"), Optional.of("refs/heads/a"))),
                List.of(Reference.parse("ghcr.io/acme/shop:1")));

        PolicyInput input = new DescribeImages(store).describe("1", facts);

        CheckInput.check(input.document());
        assertThat(input.platforms()).containsExactly("linux/arm/v7");
        assertThat(input.document().at("/images/0/config/env/PATH").asText()).isEqualTo("/bin");
        assertThat(input.document().at("/images/0/base/name").asText()).isEqualTo("docker.io/library/alpine:3");
        assertThat(input.document()
                        .at("/images/0/provenance/buildDefinition/buildType")
                        .asText())
                .isEqualTo("a");
        assertThat(input.document().at("/targets/0/repository").asText()).isEqualTo("acme/shop");
    }

    @Test
    void refuseADocumentOfAnotherShape() {
        assertThatThrownBy(() -> PolicyInput.parse("{\"images\": 1}".getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input.index is missing");
    }

    private Descriptor push() {
        ImageConfig config = ImageConfig.of(Platform.parse("linux/arm/v7"))
                .withUser("65532")
                .withEnv(List.of("PATH=/bin", "EMPTY="));
        store.putBlob(config.descriptor(), BlobSource.of(config.bytes()));
        Descriptor image = store.putManifest(ImageManifest.of(config.descriptor(), List.of())
                .withAnnotations(Map.of("org.opencontainers.image.base.name", "docker.io/library/alpine:3"))
                .manifest());
        byte[] statement = """
                {"_type": "https://in-toto.io/Statement/v1", "predicateType": "https://slsa.dev/provenance/v1",
                 "predicate": {"buildDefinition": {"buildType": "a"}}}
                """.getBytes(UTF_8);
        Descriptor layer = Descriptor.of("application/vnd.in-toto+json", statement);
        store.putBlob(layer, BlobSource.of(statement));
        store.putManifest(ImageManifest.artifact("application/vnd.in-toto+json", List.of(layer))
                .withSubject(image)
                .manifest());
        assertThat(image.mediaType()).isEqualTo(MediaTypes.IMAGE_MANIFEST);
        return image.withPlatform(Platform.parse("linux/arm/v7"));
    }
}
