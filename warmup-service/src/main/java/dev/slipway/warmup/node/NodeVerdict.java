package dev.slipway.warmup.node;

import dev.slipway.warmup.verify.PublishedIndex.Child;

/** What becomes of a node. */
public sealed interface NodeVerdict {

    /** The selector leaves it out: it does not count. */
    record NotAsked() implements NodeVerdict {}

    record Skipped(SkipReason reason) implements NodeVerdict {}

    /**
     * It shall have the image.
     *
     * @param child the image of its platform
     */
    record Chosen(Child child) implements NodeVerdict {}
}
