package dev.slipway.context.ignore;

import java.util.ArrayDeque;
import java.util.Deque;

/** The shortest form of a slash-separated path, as Go's {@code path.Clean} finds it without looking at any file. */
public final class CleanPath {
    private CleanPath() {}

    public static String of(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> kept = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (!part.equals("..")) {
                kept.addLast(part);
            } else if (!kept.isEmpty() && !kept.peekLast().equals("..")) {
                kept.removeLast();
            } else if (!rooted) {
                kept.addLast(part);
            }
        }
        String joined = String.join("/", kept);
        return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
    }
}
