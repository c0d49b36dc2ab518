package dev.slipway.local.registry;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request is answered with an error of the specification. */
final class Refusal extends RuntimeException {
    /** distribution-spec 1.1, "Error Codes", each with the status that goes with it unless an endpoint says another. */
    enum Code {
        BLOB_UNKNOWN(404),
        BLOB_UPLOAD_INVALID(400),
        BLOB_UPLOAD_UNKNOWN(404),
        DIGEST_INVALID(400),
        MANIFEST_BLOB_UNKNOWN(404),
        MANIFEST_INVALID(400),
        MANIFEST_UNKNOWN(404),
        NAME_INVALID(400),
        NAME_UNKNOWN(404),
        SIZE_INVALID(400),
        UNSUPPORTED(405);

        private final int status;

        Code(int status) {
            this.status = status;
        }
    }

    private static final long serialVersionUID = 1L;

    private final Code code;
    private final int status;
    private final transient Map<String, String> headers;

    private Refusal(Code code, int status, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
        this.headers = headers;
    }

    Refusal(Code code, String message) {
        this(code, code.status, message, Map.of());
    }

    Refusal withStatus(int other) {
        return new Refusal(code, other, message(), headers);
    }

    Refusal withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Refusal(code, status, message(), more);
    }

    Code code() {
        return code;
    }

    int status() {
        return status;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    Map<String, String> headers() {
        return headers;
    }
}
