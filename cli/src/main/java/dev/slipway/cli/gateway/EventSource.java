package dev.slipway.cli.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Optional;

/** Reads a {@code text/event-stream} as the standard says: comments and unknown fields are passed over. */
final class EventSource implements AutoCloseable {
    private final InputStream in;
    private final BufferedReader lines;
    private String id = "";

    EventSource(InputStream in) {
        this.in = in;
        this.lines = new BufferedReader(new InputStreamReader(in, UTF_8));
    }

    /** The next event; empty at the end of the stream. An event that the end cuts off is dropped. */
    Optional<ServerSentEvent> next() throws IOException {
        StringBuilder data = new StringBuilder();
        String name = "";
        boolean any = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (any) {
                    return Optional.of(new ServerSentEvent(id, name, data.toString()));
                }
                name = "";
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "data" -> {
                    data.append(any ? "\n" : "").append(value);
                    any = true;
                }
                case "id" -> id = value;
                case "event" -> name = value;
                default -> {}
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
