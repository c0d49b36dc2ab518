package dev.slipway.local.faults;

import dev.slipway.local.faults.message.BentStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Faults of a single exchange. Those that have a memory are classes of their own. */
public final class Faults {
    private static final String ERROR = "{\"errors\":[{\"code\":\"%s\",\"message\":\"on purpose\"}]}";

    private Faults() {}

    /**
     * Answers so; the registry does not hear of the request.
     *
     * @param headers names and values in turn
     */
    public static Fault answer(int status, String... headers) {
        return exchange -> exchange.answer(status, "", headers);
    }

    /** Answers with one of the specification's error codes; the registry does not hear of the request. */
    public static Fault refuse(int status, String code) {
        return exchange -> exchange.answer(status, ERROR.formatted(code), "Content-Type", "application/json");
    }

    /** The registry acts, and the client gets another answer. */
    public static Fault answerAfterActing(int status, String... headers) {
        return exchange -> {
            exchange.act().close();
            exchange.answer(status, "", headers);
        };
    }

    /** The connection is reset; the registry does not hear of the request. */
    public static Fault resetBeforeActing() {
        return Exchange::reset;
    }

    /** The registry acts, and the connection is reset instead of the answer. */
    public static Fault resetAfterActing() {
        return exchange -> {
            exchange.act().close();
            exchange.reset();
        };
    }

    /** The registry gets the beginning of the request's body, then both connections break. */
    public static Fault cutRequestAfter(long bytes) {
        return exchange -> {
            exchange.actOnPart(bytes);
            exchange.reset();
        };
    }

    /** The registry gets the beginning of the request's body, then says that it is out of order: a full disk does that. */
    public static Fault failAfter(long bytes, int status) {
        return exchange -> {
            exchange.actOnPart(bytes);
            exchange.interrupt(status, ERROR.formatted("UNKNOWN"));
        };
    }

    /** All of it happens later. */
    public static Fault delay(Duration length) {
        return exchange -> {
            exchange.pause(length);
            exchange.proceed();
        };
    }

    /** Bodies in both directions go so fast at most, all exchanges of this fault together. */
    public static Fault slow(long bytesPerSecond) {
        AtomicLong free = new AtomicLong(System.nanoTime());
        return exchange -> {
            UnaryOperator<InputStream> slowly = content -> BentStream.watched(content, length -> {
                long now = System.nanoTime();
                long cost = length * 1_000_000_000L / bytesPerSecond;
                long mine = free.updateAndGet(until -> Math.max(until, now) + cost);
                exchange.pause(Duration.ofNanos(mine - now));
            });
            exchange.sendThrough(slowly);
            exchange.receiveThrough(slowly);
            exchange.proceed();
        };
    }

    /** The answer's body ends early, and the connection with it. */
    public static Fault truncateAnswerAfter(long bytes) {
        return exchange -> {
            exchange.receiveThrough(content -> BentStream.cutAfter(content, bytes));
            exchange.proceed();
        };
    }

    /** A byte of the answer's body is another than it was. */
    public static Fault corruptAnswerAt(long offset) {
        return exchange -> {
            exchange.receiveThrough(content -> BentStream.corruptedAt(content, offset));
            exchange.proceed();
        };
    }

    /** A byte of the request's body is another when it reaches the registry. */
    public static Fault corruptRequestAt(long offset) {
        return exchange -> {
            exchange.sendThrough(content -> BentStream.corruptedAt(content, offset));
            exchange.proceed();
        };
    }

    /** The registry acts, and a header of its answer is another. */
    public static Fault changeHeader(String name, String value) {
        return exchange -> {
            try (RegistryAnswer answer = exchange.act()) {
                exchange.give(answer.with(answer.head().with(name, value)));
            }
        };
    }

    /** The registry names another digest than it has. */
    public static Fault wrongDigest() {
        return changeHeader("Docker-Content-Digest", "sha256:" + "0".repeat(64));
    }
}
