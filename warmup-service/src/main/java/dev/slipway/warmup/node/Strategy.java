package dev.slipway.warmup.node;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a node is made to pull. */
public enum Strategy {
    /** The image as a container that runs a program of ours. */
    CONTAINER,
    /** The image as a volume; a container with {@code pullPolicy: Never} proves that it is there. */
    IMAGE_VOLUME,
    /** Whichever of the two a node can. */
    AUTO;

    private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+).*");

    /**
     * Parses {@code image-volume}.
     *
     * @throws IllegalArgumentException naming what there is
     */
    public static Strategy parse(String text) {
        for (Strategy strategy : values()) {
            if (strategy.text().equals(text)) {
                return strategy;
            }
        }
        throw new IllegalArgumentException("a strategy is container, image-volume or auto, not '%s'".formatted(text));
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is done on a node; never {@link #AUTO}. */
    public Strategy on(Node node) {
        return this == AUTO ? (mountsImages(node) ? IMAGE_VOLUME : CONTAINER) : this;
    }

    /** Older runtimes mount an empty directory without a word, so versions decide. */
    private static boolean mountsImages(Node node) {
        return atLeast(node.kubelet(), 1, 36)
                && (isAtLeast(node.runtime(), "containerd://", 2, 1) || isAtLeast(node.runtime(), "cri-o://", 1, 31));
    }

    private static boolean isAtLeast(String runtime, String scheme, int major, int minor) {
        return runtime.startsWith(scheme) && atLeast(runtime.substring(scheme.length()), major, minor);
    }

    private static boolean atLeast(String version, int major, int minor) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return false;
        }
        int first = Integer.parseInt(parts.group(1));
        return first > major || (first == major && Integer.parseInt(parts.group(2)) >= minor);
    }
}
