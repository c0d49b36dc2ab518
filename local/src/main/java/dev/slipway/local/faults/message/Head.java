package dev.slipway.local.faults.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The beginning of an HTTP/1.1 message: its first line and its headers (RFC 9112).
 *
 * @param first the request line or the status line
 */
public record Head(String first, List<Field> fields) {
    private static final int LONGEST_LINE = 64 * 1024;

    public Head {
        fields = List.copyOf(fields);
    }

    /** A header. */
    public record Field(String name, String value) {}

    /** Reads one; empty where the connection ends before it begins. */
    public static Optional<Head> read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header: '%s'".formatted(line));
            }
            fields.add(new Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return Optional.of(new Head(first, fields));
    }

    public void write(OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder(first).append("\r\n");
        fields.forEach(field ->
                text.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    public String part(int number) {
        return first.split(" ", 3)[number];
    }

    public int status() {
        return Integer.parseInt(part(1));
    }

    public Optional<String> header(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    public OptionalLong contentLength() {
        return header("Content-Length").stream().mapToLong(Long::parseLong).findFirst();
    }

    public boolean isChunked() {
        return header("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent();
    }

    public Head with(String name, String value) {
        List<Field> changed = new ArrayList<>(without(name).fields);
        changed.add(new Field(name, value));
        return new Head(first, changed);
    }

    public Head without(String name) {
        return new Head(
                first,
                fields.stream()
                        .filter(field -> !field.name().equalsIgnoreCase(name))
                        .toList());
    }

    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a line has more than %d bytes".formatted(LONGEST_LINE));
            }
            line.append((char) b);
        }
        boolean carriageReturn = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
        return carriageReturn ? line.substring(0, line.length() - 1) : line.toString();
    }
}
