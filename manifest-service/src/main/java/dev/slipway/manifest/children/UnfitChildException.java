package dev.slipway.manifest.children;

/** Ends the verification of a child with what is wrong with it; {@link VerifyChild} lets none out. */
final class UnfitChildException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ChildFault fault;

    private UnfitChildException(ChildFault fault) {
        super(fault.message());
        this.fault = fault;
    }

    static UnfitChildException of(Child child, ChildFault.Kind kind, String clause) {
        return new UnfitChildException(ChildFault.of(child, kind, clause));
    }

    ChildFault fault() {
        return fault;
    }
}
