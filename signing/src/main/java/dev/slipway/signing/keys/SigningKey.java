package dev.slipway.signing.keys;

import dev.slipway.signing.KeyException;
import dev.slipway.signing.Signer;
import dev.slipway.signing.VerificationKey;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** A private key on P-256 in this process. Signatures are deterministic (RFC 6979). Its text form tells no secret. */
public final class SigningKey implements Signer {
    private static final ASN1ObjectIdentifier P256 = SECObjectIdentifiers.secp256r1;
    private static final ECDomainParameters CURVE = new ECDomainParameters(CustomNamedCurves.getByOID(P256));

    private final ECPrivateKeyParameters key;
    private final VerificationKey publicKey;

    private SigningKey(BigInteger secret) {
        this.key = new ECPrivateKeyParameters(secret, CURVE);
        this.publicKey = VerificationKey.of(publicInfo(secret), "the public half of a key");
    }

    /** Reads a PKCS#8 private key in DER. */
    static SigningKey ofPkcs8(byte[] der, String source) {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(der);
            AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
            if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                    || !P256.equals(algorithm.getParameters())) {
                throw new KeyException(source + " is no key on the curve P-256, and others are not supported", null);
            }
            org.bouncycastle.asn1.sec.ECPrivateKey ec =
                    org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(info.parsePrivateKey());
            return new SigningKey(ec.getKey());
        } catch (IOException | IllegalArgumentException e) {
            throw new KeyException(source + " holds no PKCS#8 private key", e);
        }
    }

    @Override
    public VerificationKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, key);
        try {
            BigInteger[] signature = signer.generateSignature(
                    MessageDigest.getInstance("SHA-256").digest(message));
            return StandardDSAEncoding.INSTANCE.encode(CURVE.getN(), signature[0], signature[1]);
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException("every JDK has SHA-256, and two numbers can be encoded", e);
        }
    }

    @Override
    public String toString() {
        return "signing key " + publicKey.id();
    }

    private static byte[] publicInfo(BigInteger secret) {
        try {
            return new SubjectPublicKeyInfo(
                            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, P256),
                            CURVE.getG().multiply(secret).normalize().getEncoded(false))
                    .getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a point can be encoded", e);
        }
    }
}
