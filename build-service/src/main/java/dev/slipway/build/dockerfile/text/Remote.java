package dev.slipway.build.dockerfile.text;

import java.util.regex.Pattern;

/** Tells what {@code ADD} fetches from elsewhere from paths: URLs, and Git repositories also as {@code user@host:path}. */
public final class Remote {
    private static final Pattern NAME =
            Pattern.compile("(?:https?|(?i:git|ssh))://.*|[A-Za-z0-9_-]+@[A-Za-z0-9.-]+:.*", Pattern.DOTALL);

    private Remote() {}

    public static boolean isNamedBy(String source) {
        return NAME.matcher(source).matches();
    }
}
