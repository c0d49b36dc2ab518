package dev.slipway.policy.input;

/** An SBOM or a provenance that is there and cannot be read. No rule may take it for absent. */
public final class InvalidEvidenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidEvidenceException(String message, Throwable cause) {
        super(message, cause);
    }

    InvalidEvidenceException(String message) {
        super(message);
    }
}
