package dev.slipway.signing;

/** Signs with a private key, wherever that is. The same message always gives the same signature. */
public interface Signer {

    VerificationKey publicKey();

    /** ECDSA over P-256 and SHA-256, in DER. */
    byte[] sign(byte[] message);
}
