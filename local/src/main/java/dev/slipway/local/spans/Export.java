package dev.slipway.local.spans;

import java.io.IOException;
import java.io.OutputStream;

/** The body of one OTLP export, as it came but for compression. */
final class Export {
    private final String contentType;
    private final byte[] body;

    Export(String contentType, byte[] body) {
        this.contentType = contentType;
        this.body = body.clone();
    }

    String contentType() {
        return contentType;
    }

    int length() {
        return body.length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(body);
    }
}
