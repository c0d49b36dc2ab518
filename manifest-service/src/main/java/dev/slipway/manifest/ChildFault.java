package dev.slipway.manifest;

/**
 * Why a child may not be in an index.
 *
 * @param missing whether its manifest is not there at all
 * @param message one sentence that names the child
 */
public record ChildFault(Child child, boolean missing, String message) {

    static ChildFault missing(Child child, String location) {
        return new ChildFault(child, true, "the manifest of %s is not in %s".formatted(child.name(), location));
    }

    static ChildFault invalid(Child child, String clause) {
        return new ChildFault(child, false, "%s %s".formatted(child.name(), clause));
    }
}
