package dev.slipway.manifest.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.manifest.children.Child;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.signing.Pem;
import dev.slipway.signing.keys.ReadKey;
import dev.slipway.signing.keys.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Images as a worker leaves them, and keys that nobody had before. */
public final class Images {
    private Images() {}

    /** An image whose layers are texts. */
    public static Child push(ContentStore store, String platform, String... layers) {
        List<Descriptor> pushed = Stream.of(layers)
                .map(text -> blob(store, MediaTypes.LAYER, text))
                .toList();
        ImageConfig config = ImageConfig.of(Platform.parse(platform))
                .withDiffIds(pushed.stream().map(Descriptor::digest).toList());
        store.putBlob(config.descriptor(), BlobSource.of(config.bytes()));
        Descriptor manifest =
                store.putManifest(ImageManifest.of(config.descriptor(), pushed).manifest());
        return new Child(Platform.parse(platform), manifest, List.of());
    }

    public static Descriptor blob(ContentStore store, String type, String content) {
        Descriptor blob = Descriptor.of(type, content.getBytes(UTF_8));
        store.putBlob(blob, BlobSource.of(content.getBytes(UTF_8)));
        return blob;
    }

    public static SigningKey key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            String pem = Pem.write(
                    "PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
            return new ReadKey(Map.of("KEY", pem)).signingKey("env://KEY", ReadKey.PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
