package dev.slipway.sbom.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines of a text of any length. Of lines that are too long, the beginning. */
public final class TextLines {
    private static final int LONGEST = 64 * 1024;
    private static final int BUFFER = 16 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int end;

    public TextLines(InputStream in) {
        this.in = in;
    }

    /** The next line without its end; empty after the last. */
    public Optional<String> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        boolean any = false;
        while (fill()) {
            any = true;
            int from = position;
            while (position < end && buffer[position] != '\n') {
                position++;
            }
            line.write(buffer, from, Math.min(position - from, LONGEST - Math.min(LONGEST, line.size())));
            if (position < end) {
                position++;
                return Optional.of(text(line));
            }
        }
        return any ? Optional.of(text(line)) : Optional.empty();
    }

    private boolean fill() throws IOException {
        if (position == end) {
            position = 0;
            end = Math.max(0, in.read(buffer));
        }
        return position < end;
    }

    private static String text(ByteArrayOutputStream line) {
        String text = line.toString(UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
