package dev.slipway.oci.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageManifestTest {
    private static final Digest A = Digest.of(new byte[] {1});
    private static final Digest B = Digest.of(new byte[] {2});
    private static final Descriptor CONFIG = Descriptor.of(MediaTypes.IMAGE_CONFIG, A, 1);
    private static final Descriptor LAYER = Descriptor.of(MediaTypes.LAYER, B, 1);

    @Test
    void isWrittenInTheSpecificationsOrder() {
        ImageManifest manifest = ImageManifest.of(CONFIG, List.of(LAYER))
                .withAnnotations(Map.of("b", "2", "a", "1"))
                .withSubject(LAYER)
                .withArtifactType("application/x");

        assertThat(text(manifest))
                .isEqualTo(("{'schemaVersion':2,'mediaType':'%s','artifactType':'application/x',"
                                + "'config':{'mediaType':'%s','digest':'%s','size':1},"
                                + "'layers':[{'mediaType':'%s','digest':'%s','size':1}],"
                                + "'subject':{'mediaType':'%s','digest':'%s','size':1},"
                                + "'annotations':{'a':'1','b':'2'}}")
                        .replace('\'', '"')
                        .formatted(
                                MediaTypes.IMAGE_MANIFEST,
                                MediaTypes.IMAGE_CONFIG,
                                A,
                                MediaTypes.LAYER,
                                B,
                                MediaTypes.LAYER,
                                B));
        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.IMAGE_MANIFEST);
        assertThat(manifest.descriptor().digest())
                .isEqualTo(Digest.of(manifest.manifest().bytes()));
    }

    @Test
    void keepsTheExactBytesThatItWasReadFrom() {
        byte[] spaced = ("{ \"schemaVersion\" : 2,\n\"config\":" + json(CONFIG) + ",\"layers\":[ ] }\n")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(ImageManifest.parse(spaced).manifest().bytes()).isEqualTo(spaced);
        assertThat(ImageManifest.parse(spaced).digest()).isEqualTo(Digest.of(spaced));
    }

    @Test
    void keepsUnknownFieldsThroughAChange() {
        String layer = json(LAYER).replace("}", ",\"urls\":[\"https://example.com/x\"],\"x.number\":1.50}");
        ImageManifest read = parse("{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s],\"x.field\":{\"y\":[1e3,null]}}"
                .formatted(json(CONFIG), layer));

        ImageManifest changed = read.withAnnotations(Map.of("a", "1"));
        ImageManifest longer = changed.withLayers(List.of(read.layers().getFirst(), CONFIG));

        assertThat(text(changed)).contains(layer).contains("\"x.field\":{\"y\":[1E+3,null]}");
        assertThat(text(longer)).contains(layer).contains("\"x.field\"");
        assertThat(longer.layers()).hasSize(2);
    }

    @Test
    void doesNotChangeWhenAChangedOneIsMade() {
        ImageManifest manifest = ImageManifest.of(CONFIG, List.of(LAYER));
        String before = text(manifest);

        manifest.withAnnotations(Map.of("a", "1")).withLayers(List.of()).withSubject(CONFIG);

        assertThat(text(manifest)).isEqualTo(before);
        assertThat(manifest.annotations()).isEmpty();
    }

    @Test
    void isAnArtifactOfWhatItsTypeOrItsConfigSays() {
        assertThat(ImageManifest.of(CONFIG, List.of()).artifactType()).isEqualTo(MediaTypes.IMAGE_CONFIG);
        assertThat(ImageManifest.artifact("application/x", List.of()).artifactType())
                .isEqualTo("application/x");
    }

    @Test
    void hasTheSpecificationsEmptyConfig() {
        assertThat(ImageManifest.EMPTY_CONFIG.digest().hex())
                .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        assertThat(ImageManifest.EMPTY_CONFIG.size()).isEqualTo(2);
    }

    @Test
    void isReferredToWithItsKindAndAnnotations() {
        ImageManifest sbom = ImageManifest.artifact("application/spdx+json", List.of(LAYER))
                .withSubject(CONFIG)
                .withAnnotations(Map.of("a", "1"));

        Descriptor referrer = sbom.asReferrer();

        assertThat(referrer.artifactType()).isEqualTo("application/spdx+json");
        assertThat(referrer.annotations()).containsExactly(Map.entry("a", "1"));
        assertThat(referrer.digest()).isEqualTo(sbom.digest());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                          | is not a JSON object",
                "{                                           | is not JSON",
                "{\"schemaVersion\":2} {}                    | is not JSON",
                "{\"schemaVersion\":2,\"schemaVersion\":2}   | is not JSON",
                "{}                                          | 'schemaVersion' must be a whole number",
                "{\"schemaVersion\":1}                       | 'schemaVersion' must be 2 and is 1",
                "{\"schemaVersion\":2}                       | 'config' is missing",
                "{\"schemaVersion\":2,\"config\":[]}         | 'config' must be an object and is []",
                "{\"schemaVersion\":2,\"config\":{}}         | config: 'mediaType' is missing",
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"a\",\"digest\":\"sha256:1\",\"size\":1}} | 'sha256:1'",
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"a\",\"digest\":\"CONFIG\",\"size\":-1}} | is negative: -1",
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"a\",\"digest\":\"CONFIG\",\"size\":1.5}} | 'size' must be a whole number and is 1.5",
                "{\"schemaVersion\":2,\"manifests\":[]}      | has 'manifests' too"
            })
    void saysWhatIsWrongWithIt(String json, String fault) {
        assertThatThrownBy(() -> parse(json.replace("CONFIG", A.value())))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining(fault);
    }

    @Test
    void namesTheLayerThatIsWrong() {
        String json = "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s,{\"mediaType\":7}]}"
                .formatted(json(CONFIG), json(LAYER));

        assertThatThrownBy(() -> parse(json)).hasMessageContaining("layers[1]: 'mediaType' must be a string and is 7");
    }

    @Test
    void isNotWhatItWasNotServedAs() {
        Manifest asDocker = Manifest.of(
                MediaTypes.DOCKER_MANIFEST,
                ImageManifest.of(CONFIG, List.of()).manifest().bytes());
        Manifest asIndex = Manifest.of(
                MediaTypes.IMAGE_INDEX,
                ImageManifest.of(CONFIG, List.of()).manifest().bytes());

        assertThatThrownBy(() -> ImageManifest.of(asDocker)).hasMessageContaining("was served as");
        assertThatThrownBy(() -> ImageManifest.of(asIndex)).hasMessageContaining("is no image manifest");
        assertThatThrownBy(() -> ImageIndex.of(asIndex)).isInstanceOf(MalformedDocumentException.class);
    }

    private static ImageManifest parse(String json) {
        return ImageManifest.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Descriptor descriptor) {
        return new String(DescriptorJson.write(descriptor), StandardCharsets.UTF_8);
    }

    private static String text(ImageManifest manifest) {
        return new String(manifest.manifest().bytes(), StandardCharsets.UTF_8);
    }
}
