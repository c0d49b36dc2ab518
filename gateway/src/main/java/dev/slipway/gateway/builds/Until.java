package dev.slipway.gateway.builds;

import java.util.Locale;
import java.util.Optional;

/** What a follower waits for; every one comes also where it cannot be reached any more. */
public enum Until {
    /** The index lies in staging. */
    ASSEMBLED,
    /** The request has ended. */
    PUBLISHED,
    /** The warm-up has ended on every cluster. */
    WARMED;

    public static Optional<Until> parse(String text) {
        for (Until until : values()) {
            if (until.text().equals(text)) {
                return Optional.of(until);
            }
        }
        return Optional.empty();
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
