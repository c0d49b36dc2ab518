package dev.slipway.signing.keys;

import dev.slipway.oci.contract.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A pair of keys made by the real cosign. */
public record CosignKey(Path secret, Path open) {

    /** Makes one, or skips the test where cosign is not installed. */
    public static CosignKey generateOrSkip(Path directory, String password) throws IOException {
        Path prefix = directory.resolve("cosign");
        Peer.orSkip("cosign")
                .run(Map.of(ReadKey.PASSWORD, password), "generate-key-pair", "--output-key-prefix", prefix.toString());
        return new CosignKey(directory.resolve("cosign.key"), directory.resolve("cosign.pub"));
    }
}
