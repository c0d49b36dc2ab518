package dev.slipway.signing.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.signing.KeyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** cosign's {@code cosign.key}: PKCS#8 in NaCl's secretbox, under a key that scrypt makes of the password. */
final class EncryptedKey {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 24;
    /** cosign takes 64 MiB (N = 65536, r = 8), of which a quarter is held; more than this is an attack on memory. */
    private static final long MAX_MEMORY = 128L * 1024 * 1024;

    private static final int MAX_PARALLEL = 16;
    /** scrypt takes 128 bytes for each of r, N times, and p times before that (RFC 7914, section 6). */
    private static final long MAX_BLOCKS = MAX_MEMORY / 128;

    private EncryptedKey() {}

    /** The PKCS#8 bytes. */
    static byte[] decrypt(byte[] json, String password, String source) {
        try {
            JsonNode tree = JSON.readTree(json);
            require(tree.path("kdf").path("name").asText(), "scrypt", source);
            require(tree.path("cipher").path("name").asText(), "nacl/secretbox", source);
            JsonNode params = tree.path("kdf").path("params");
            int n = params.path("N").asInt();
            int r = params.path("r").asInt();
            int p = params.path("p").asInt();
            if (n < 2 || r < 1 || p < 1 || p > MAX_PARALLEL || (long) r * Math.max(n, p) > MAX_BLOCKS) {
                throw new KeyException(
                        "%s has scrypt parameters that are not taken: N=%d, r=%d, p=%d".formatted(source, n, r, p),
                        null);
            }
            byte[] nonce = bytes(tree.path("cipher").path("nonce"));
            if (nonce.length != NONCE_BYTES) {
                throw new KeyException(source + " has a nonce of %d bytes".formatted(nonce.length), null);
            }
            byte[] key = Scrypt.generate(
                    password.getBytes(StandardCharsets.UTF_8),
                    bytes(tree.path("kdf").path("salt")),
                    n,
                    r,
                    p,
                    KEY_BYTES);
            return SecretBox.open(bytes(tree.path("ciphertext")), nonce, key)
                    .orElseThrow(() -> new KeyException("the password of %s is wrong".formatted(source), null));
        } catch (IOException | IllegalArgumentException e) {
            throw new KeyException(source + " is no encrypted key of cosign's", e);
        }
    }

    private static void require(String has, String wanted, String source) {
        if (!has.equals(wanted)) {
            throw new KeyException("%s is encrypted with '%s', and '%s' is known".formatted(source, has, wanted), null);
        }
    }

    private static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asText());
    }
}
