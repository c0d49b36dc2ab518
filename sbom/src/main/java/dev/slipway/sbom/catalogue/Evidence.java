package dev.slipway.sbom.catalogue;

import java.util.List;

/** What one file says about what is in an image. */
public sealed interface Evidence {

    /** How much memory it takes, roughly, in bytes. */
    default long weight() {
        return switch (this) {
            case Packages packages ->
                packages.components().stream().mapToLong(Component::weight).sum();
            case Licenses licenses ->
                licenses.licenses().stream().mapToLong(String::length).sum();
            case Origin ignored -> 0;
            case Unread ignored -> 0;
            case Nothing ignored -> 0;
        };
    }

    /**
     * Packages.
     *
     * @param unread parts of the file that could not be read, each with the reason; so the packages may not be all
     */
    record Packages(List<Component> components, List<String> unread) implements Evidence {
        public Packages {
            components = List.copyOf(components);
            unread = List.copyOf(unread);
        }

        public static Packages of(List<Component> components) {
            return new Packages(components, List.of());
        }
    }

    /** The licenses of one of the distribution's packages, told apart from the package. */
    record Licenses(String packageName, List<String> licenses) implements Evidence {
        public Licenses {
            licenses = List.copyOf(licenses);
        }
    }

    /** Which distribution the image is. */
    record Origin(Distribution distribution) implements Evidence {}

    /** There may be packages, and nobody here can read them. */
    record Unread(String reason) implements Evidence {}

    /** Nothing that a cataloguer knows. */
    record Nothing() implements Evidence {}
}
