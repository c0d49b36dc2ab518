package dev.slipway.signing.image;

/**
 * A signature or attestation that was found, and what became of it.
 *
 * @param form how it was found
 * @param predicateType what it states; that of a signature is {@code signature}
 */
public record Finding(Form form, String predicateType, Result result) {
    static final String SIGNATURE = "signature";

    /** cosign's two ways to attach something. */
    public enum Form {
        TAG,
        REFERRER
    }

    /** Whether it can be believed. */
    public sealed interface Result {
        record Valid(String keyId) implements Result {}

        /** None of the keys that are trusted made it, or it was changed since, or it speaks about something else. */
        record NotVerified() implements Result {}

        record Unreadable(String reason) implements Result {}
    }

    public boolean isSignature() {
        return predicateType.equals(SIGNATURE);
    }

    public boolean isValid() {
        return switch (result) {
            case Result.Valid valid -> true;
            case Result.NotVerified not -> false;
            case Result.Unreadable unreadable -> false;
        };
    }
}
