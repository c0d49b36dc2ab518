package dev.slipway.events.model;

/** How a publish left a target. */
public enum TargetState {
    /** The tag names the new digest. */
    PUBLISHED,
    /** The tag was never touched. */
    UNTOUCHED,
    /** The tag was moved, and names its old digest again, or nothing where it named nothing. */
    UNDONE,
    /** Somebody else had moved the tag; it was left alone. */
    MOVED_BY_OTHERS,
    /** The registry refused to undo. */
    ROLLBACK_INCOMPLETE
}
