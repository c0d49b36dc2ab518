package dev.slipway.build.tool;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files of a worker that requests name and never see: secrets, keys and agents for SSH, local caches.
 *
 * @param kind what they are, for messages
 * @param directory empty where the worker has none
 */
public record NamedFiles(String kind, Optional<Path> directory) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    /**
     * The path behind a name.
     *
     * @throws BuildException where it is no name, or where the worker has no file of it
     */
    public Path existing(String name) {
        Path path = path(name);
        if (!Files.exists(path)) {
            throw BuildException.permanent(Reason.REQUEST_INVALID, "the worker has no %s '%s'".formatted(kind, name));
        }
        return path;
    }

    /** The same, also where nothing is there yet. */
    public Path path(String name) {
        if (!NAME.matcher(name).matches()) {
            throw BuildException.permanent(
                    Reason.REQUEST_INVALID,
                    "'%s' is no name of a %s; expected letters, digits, dots and dashes".formatted(name, kind));
        }
        return directory
                .orElseThrow(() -> BuildException.permanent(
                        Reason.OPTION_UNSUPPORTED,
                        "the request names the %s '%s', and the worker has no directory for such"
                                .formatted(kind, name)))
                .resolve(name);
    }
}
