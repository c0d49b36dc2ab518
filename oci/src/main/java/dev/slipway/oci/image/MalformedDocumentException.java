package dev.slipway.oci.image;

import org.jspecify.annotations.Nullable;

/** A document that is not what image-spec 1.1 says it must be; the message names the document, the field and the fault. */
public final class MalformedDocumentException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MalformedDocumentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
