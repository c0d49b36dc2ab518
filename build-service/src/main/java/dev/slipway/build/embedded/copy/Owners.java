package dev.slipway.build.embedded.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.build.embedded.tree.FileTree;
import dev.slipway.build.embedded.tree.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes numbers of {@code user[:group]}, as {@code --chown} and {@code USER} have it. Names are looked up in the image's own
 * {@code /etc/passwd} and {@code /etc/group}; nothing is read where there are none.
 */
public final class Owners {
    private static final int MAX_BYTES = 10 * 1024 * 1024;
    private static final String ROOT = "root";

    private Owners() {}

    /**
     * Resolves. {@code root} is 0 without a look; a group that is not given is the user's own.
     *
     * @param files of the image; asked only for names
     */
    public static Owner resolve(String text, Supplier<FileTree> files) {
        int colon = text.indexOf(':');
        Owner owner = user(colon < 0 ? text : text.substring(0, colon), files);
        String group = colon < 0 ? "" : text.substring(colon + 1);
        return group.isEmpty() ? owner : new Owner(owner.uid(), group(group, files));
    }

    /** Resolves for {@code --link}, which looks at no image. */
    public static Owner resolveNumbers(String text) {
        return resolve(text, () -> {
            throw CopyException.failed("--chown=%s has a name, and --link looks none up; use numbers".formatted(text));
        });
    }

    private static Owner user(String user, Supplier<FileTree> files) {
        if (user.isEmpty() || user.equals(ROOT)) {
            return Owner.ROOT;
        }
        return isNumber(user) ? new Owner(number(user), number(user)) : named(user, files.get());
    }

    private static int group(String group, Supplier<FileTree> files) {
        if (group.equals(ROOT)) {
            return 0;
        }
        return isNumber(group) ? number(group) : groupNamed(group, files.get());
    }

    private static Owner named(String user, FileTree files) {
        List<String> fields = line(files, "etc/passwd", user, 4)
                .orElseThrow(() -> CopyException.failed(
                        "the image's /etc/passwd has no user '%s'; use its number".formatted(user)));
        return new Owner(number(fields.get(2)), number(fields.get(3)));
    }

    private static int groupNamed(String group, FileTree files) {
        return line(files, "etc/group", group, 3)
                .map(fields -> number(fields.get(2)))
                .orElseThrow(() -> CopyException.failed(
                        "the image's /etc/group has no group '%s'; use its number".formatted(group)));
    }

    private static Optional<List<String>> line(FileTree files, String path, String name, int fields) {
        if (!(files.get(Sources.follow(files, path)).orElse(null) instanceof Node.RegularFile file)) {
            return Optional.empty();
        }
        if (file.size() > MAX_BYTES) {
            throw CopyException.failed("the image's /%s has %d bytes, more than is read (%d); use numbers"
                    .formatted(path, file.size(), MAX_BYTES));
        }
        try (InputStream in = file.content().open()) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> List.of(line.split(":", -1)))
                    .filter(parts -> parts.size() >= fields && parts.getFirst().equals(name))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("reading /" + path, e);
        }
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,10}");
    }

    private static int number(String text) {
        long number = isNumber(text) ? Long.parseLong(text) : -1;
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw CopyException.failed(
                    "'%s' is no number of a user or group; expected 0 to %d".formatted(text, Integer.MAX_VALUE));
        }
        return (int) number;
    }
}
