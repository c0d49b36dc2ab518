package dev.slipway.gateway;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer JSON pointer into the event in structured form, whichever form it came in: {@code /time},
 *     {@code /data/platforms/0}
 */
public record Violation(Code code, String message, String pointer) {

    /** What kind of wrong it is. A code is never renamed. */
    public enum Code {
        /** A CloudEvents attribute is missing or malformed. */
        ATTRIBUTE_INVALID,
        /** No type of the contract, or one that nobody may request. */
        TYPE_UNKNOWN,
        /** The payload is no JSON, or not what the JSON Schema of the type says. */
        REQUEST_INVALID,
        PLATFORM_UNKNOWN,
        REFERENCE_INVALID
    }
}
