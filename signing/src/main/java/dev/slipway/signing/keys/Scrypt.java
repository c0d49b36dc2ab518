package dev.slipway.signing.keys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.Salsa20Engine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * scrypt (RFC 7914) in a quarter of its memory: of each four blocks one is kept and the others are computed again. cosign's
 * parameters want 64 MiB, which is more than the heap of the processes that open its keys.
 */
final class Scrypt {
    private static final int KEEP_EVERY = 4;
    private static final int SALSA_WORDS = 16;

    private final int n;
    private final int r;
    private final int words;

    private Scrypt(int n, int r) {
        this.n = n;
        this.r = r;
        this.words = 2 * SALSA_WORDS * r;
    }

    /** @throws IllegalArgumentException where the parameters are none */
    static byte[] generate(byte[] password, byte[] salt, int n, int r, int p, int length) {
        if (n < 2 || Integer.bitCount(n) != 1 || r < 1 || p < 1) {
            throw new IllegalArgumentException("not parameters of scrypt: N=%d, r=%d, p=%d".formatted(n, r, p));
        }
        Scrypt scrypt = new Scrypt(n, r);
        byte[] blocks = pbkdf2(password, salt, p * scrypt.words * Integer.BYTES);
        ByteBuffer all = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < p; i++) {
            int[] block = new int[scrypt.words];
            int at = i * scrypt.words * Integer.BYTES;
            all.position(at).asIntBuffer().get(block);
            all.position(at).asIntBuffer().put(scrypt.roMix(block));
        }
        return pbkdf2(password, blocks, length);
    }

    private int[] roMix(int[] block) {
        int[][] kept = new int[(n + KEEP_EVERY - 1) / KEEP_EVERY][];
        int[] x = block;
        for (int i = 0; i < n; i++) {
            if (i % KEEP_EVERY == 0) {
                kept[i / KEEP_EVERY] = x.clone();
            }
            x = blockMix(x);
        }
        for (int i = 0; i < n; i++) {
            int j = x[words - SALSA_WORDS] & (n - 1);
            int[] v = kept[j / KEEP_EVERY];
            for (int again = 0; again < j % KEEP_EVERY; again++) {
                v = blockMix(v);
            }
            for (int word = 0; word < words; word++) {
                x[word] ^= v[word];
            }
            x = blockMix(x);
        }
        return x;
    }

    private int[] blockMix(int[] block) {
        int[] mixed = new int[words];
        int[] x = Arrays.copyOfRange(block, words - SALSA_WORDS, words);
        for (int i = 0; i < 2 * r; i++) {
            for (int word = 0; word < SALSA_WORDS; word++) {
                x[word] ^= block[i * SALSA_WORDS + word];
            }
            Salsa20Engine.salsaCore(8, x, x);
            System.arraycopy(x, 0, mixed, (i / 2 + (i % 2) * r) * SALSA_WORDS, SALSA_WORDS);
        }
        return mixed;
    }

    private static byte[] pbkdf2(byte[] password, byte[] salt, int length) {
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
        generator.init(password, salt, 1);
        return ((KeyParameter) generator.generateDerivedMacParameters(length * 8)).getKey();
    }
}
