package dev.slipway.sbom.image;

import java.util.ArrayList;
import java.util.List;

/** Paths of entries, relative to the root. */
final class LayerPaths {
    private LayerPaths() {}

    /** Without {@code .} and double slashes; what would lead out stays inside. */
    static String clean(String name) {
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.removeLast();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    static String join(String parent, String name) {
        return parent.isEmpty() ? name : parent + "/" + name;
    }
}
