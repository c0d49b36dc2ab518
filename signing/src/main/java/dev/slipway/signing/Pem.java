package dev.slipway.signing;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of PEM (RFC 7468): its label and its content. */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s+([A-Za-z0-9+/=\\s]+?)\\s*-----END \\1-----");

    private final String label;
    private final byte[] content;

    private Pem(String label, byte[] content) {
        this.label = label;
        this.content = content;
    }

    /**
     * The first block of a text.
     *
     * @param source for messages; the text is not quoted, since it may be a secret
     */
    public static Pem read(String text, String source) {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new KeyException(source + " is no PEM file", null);
        }
        try {
            return new Pem(block.group(1), Base64.getMimeDecoder().decode(block.group(2)));
        } catch (IllegalArgumentException e) {
            throw new KeyException(source + " is no PEM file: its content is not base64", e);
        }
    }

    public static String write(String label, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label);
    }

    public String label() {
        return label;
    }

    public byte[] content() {
        return content.clone();
    }
}
