package dev.slipway.local.faults;

import java.util.regex.Pattern;

/**
 * Which requests a fault concerns.
 *
 * @param method a pattern, for example {@code PUT|PATCH}
 * @param path a pattern of the whole path as it came, without the query
 * @param skipped so many that match are let through first
 * @param times so many are concerned then
 */
public record Occasion(Pattern method, Pattern path, int skipped, int times) {

    public Occasion {
        if (skipped < 0 || times < 1) {
            throw new IllegalArgumentException(
                    "skipped must not be negative and times must be positive: %d, %d".formatted(skipped, times));
        }
    }

    /** Each request of a method to a path. */
    public static Occasion each(String method, String path) {
        return new Occasion(Pattern.compile(method), Pattern.compile(path), 0, Integer.MAX_VALUE);
    }

    /** The first request of a method to a path. */
    public static Occasion first(String method, String path) {
        return each(method, path).times(1);
    }

    public Occasion after(int number) {
        return new Occasion(method, path, number, times);
    }

    public Occasion times(int number) {
        return new Occasion(method, path, skipped, number);
    }

    boolean matches(Exchange exchange) {
        return method.matcher(exchange.method()).matches()
                && path.matcher(exchange.path()).matches();
    }
}
