package dev.slipway.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** A public key on P-256, as {@code cosign.pub} holds it. */
public final class VerificationKey {
    private static final int P256_BITS = 256;

    private final PublicKey key;

    private VerificationKey(PublicKey key) {
        this.key = key;
    }

    /**
     * Reads a {@code PUBLIC KEY} in PEM.
     *
     * @param source for messages
     */
    public static VerificationKey parse(String pem, String source) {
        Pem block = Pem.read(pem, source);
        if (!block.label().equals("PUBLIC KEY")) {
            throw new KeyException("%s is no public key but a %s".formatted(source, block.label()), null);
        }
        return of(block.content(), source);
    }

    /** Reads a SubjectPublicKeyInfo in DER. */
    public static VerificationKey of(byte[] der, String source) {
        try {
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
            if (key instanceof ECPublicKey ec
                    && ec.getParams().getCurve().getField().getFieldSize() == P256_BITS) {
                return new VerificationKey(key);
            }
            throw new KeyException(source + " is no key on the curve P-256, and others are not supported", null);
        } catch (GeneralSecurityException e) {
            throw new KeyException(source + " is no key on the curve P-256, and others are not supported", e);
        }
    }

    /** Names the key: base64 of the SHA-256 of its SubjectPublicKeyInfo, which sigstore's bundles call the hint. */
    public String id() {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a DER signature is of a message and by this key; what is no signature at all is not. */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    public String pem() {
        return Pem.write("PUBLIC KEY", key.getEncoded());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return id();
    }
}
