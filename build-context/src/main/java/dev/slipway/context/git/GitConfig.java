package dev.slipway.context.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The little of git's configuration that is needed here. */
final class GitConfig {
    private static final String ORIGIN = "[remote \"origin\"]";

    private GitConfig() {}

    static Optional<String> originUrl(Path config) throws IOException {
        if (!Files.isRegularFile(config)) {
            return Optional.empty();
        }
        boolean inOrigin = false;
        for (String line : Files.readAllLines(config)) {
            String text = line.strip();
            if (text.startsWith("[")) {
                inOrigin = text.equals(ORIGIN);
            } else if (inOrigin && text.startsWith("url")) {
                int equals = text.indexOf('=');
                return equals < 0
                        ? Optional.empty()
                        : url(text.substring(equals + 1).strip());
            }
        }
        return Optional.empty();
    }

    /** A URL may hold a password or token, which must not get into an image; a path of this machine is no one's source. */
    private static Optional<String> url(String raw) {
        int scheme = raw.indexOf("://");
        if (scheme < 0) {
            // scp-like "git@host:path"; anything else is a local path
            return raw.matches("[^/]+@[^/]+:.+") ? Optional.of(raw) : Optional.empty();
        }
        if (raw.startsWith("file:")) {
            return Optional.empty();
        }
        int host = scheme + "://".length();
        int slash = raw.indexOf('/', host);
        int at = raw.lastIndexOf('@', slash < 0 ? raw.length() : slash);
        return Optional.of(at < host ? raw : raw.substring(0, host) + raw.substring(at + 1));
    }
}
