package dev.slipway.build.embedded.config;

import java.util.ArrayDeque;
import java.util.Deque;

/** Paths of {@code WORKDIR}, and those that are relative to it. */
public final class WorkingDirectory {
    private WorkingDirectory() {}

    /** An absolute path without {@code .} and {@code ..}, and without a slash at its end. */
    public static String resolve(String directory, String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (path.startsWith("/") ? path : directory + "/" + path).split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    /** The same for the destination of a copy; it ends with a slash where it can only be a directory. */
    public static String destination(String directory, String path) {
        String resolved = resolve(directory, path);
        boolean isDirectory = path.matches("(?s)(.*/)?\\.?");
        return isDirectory && !resolved.equals("/") ? resolved + "/" : resolved;
    }
}
