package dev.slipway.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.gateway.builds.EventCursor;
import dev.slipway.gateway.builds.EventCursor.Step;
import dev.slipway.gateway.builds.LoggedEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes events as they come, each one flushed, until the cursor ends or the client leaves. */
final class EventStream implements StreamingOutput {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final EventCursor cursor;
    private final Format format;
    private final Predicate<LoggedEvent> wanted;
    private final boolean follow;
    private final AtomicBoolean taken = new AtomicBoolean();

    EventStream(EventCursor cursor, Format format, Predicate<LoggedEvent> wanted, boolean follow) {
        this.cursor = cursor;
        this.format = format;
        this.wanted = wanted;
        this.follow = follow;
    }

    /** How a stream is written. */
    enum Format {
        /** WHATWG HTML, "Server-sent events". */
        SERVER_SENT_EVENTS("text/event-stream", "retry: 1000\n\n", ":\n\n"),
        /** A structured CloudEvent on each line. */
        LINES("application/x-ndjson", "", "\n");

        final String mediaType;
        private final String beginning;
        private final String sign;

        Format(String mediaType, String beginning, String sign) {
            this.mediaType = mediaType;
            this.beginning = beginning;
            this.sign = sign;
        }

        static Format of(@Nullable String accept) {
            return accept != null && accept.toLowerCase(Locale.ROOT).contains(LINES.mediaType)
                    ? LINES
                    : SERVER_SENT_EVENTS;
        }

        private String text(Step.Event step) {
            String json = step.event().json();
            return switch (this) {
                case SERVER_SENT_EVENTS ->
                    "id: " + step.position().text() + "\nevent: " + step.event().type() + "\ndata: " + json + "\n\n";
                case LINES -> json + "\n";
            };
        }
    }

    /**
     * The answer that is such a stream.
     *
     * @param follow whether to wait where the cursor has nothing now
     */
    static Response response(
            EventCursor cursor, Format format, Predicate<LoggedEvent> wanted, boolean follow, RoutingContext routing) {
        EventStream stream = new EventStream(cursor, format, wanted, follow);
        routing.addEndHandler(end -> stream.stop());
        return Response.ok(stream)
                .type(format.mediaType)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("X-Accel-Buffering", "no")
                .build();
    }

    /** Ends the stream when the client has left, also one that was never begun. */
    void stop() {
        cursor.stop();
        if (taken.compareAndSet(false, true)) {
            cursor.close();
        }
    }

    @Override
    public void write(OutputStream out) throws IOException {
        if (!taken.compareAndSet(false, true)) {
            return;
        }
        try (cursor) {
            send(out, format.beginning);
            while (true) {
                switch (cursor.next(follow ? HEARTBEAT : Duration.ZERO)) {
                    case Step.Event event when wanted.test(event.event()) -> send(out, format.text(event));
                    case Step.Event event -> {}
                    case Step.Quiet quiet when follow -> send(out, format.sign);
                    case Step.Quiet quiet -> {
                        return;
                    }
                    case Step.Ended ended -> {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the stream was interrupted");
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }
}
