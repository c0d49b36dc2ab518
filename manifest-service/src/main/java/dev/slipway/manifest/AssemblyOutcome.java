package dev.slipway.manifest;

import dev.slipway.manifest.children.ChildFault;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Reference;
import java.util.List;
import java.util.Optional;

/** How an assembly ended. */
public sealed interface AssemblyOutcome {

    /**
     * The index is in staging, and its signatures where they were wanted.
     *
     * @param images that it lists, in the order of the plan's children; a child that was an index is the image inside it
     * @param decision of the gate, where there is one
     */
    record Assembled(Part index, List<Part> images, Optional<Gate.Decision> decision) implements AssemblyOutcome {
        public Assembled {
            images = List.copyOf(images);
        }
    }

    /** The index or an image, and what was attached to it. */
    record Part(Descriptor manifest, List<Signatures.Attached> attached) {
        public Part {
            attached = List.copyOf(attached);
        }
    }

    /** Nothing was written. */
    sealed interface NotAssembled extends AssemblyOutcome {}

    /** Some children are not what they should be. */
    record Refused(List<ChildFault> faults) implements NotAssembled {
        public Refused {
            faults = List.copyOf(faults);
        }
    }

    /** The index would be larger than registries must take. */
    record TooLarge(long bytes, long maxBytes) implements NotAssembled {}

    /**
     * An index that was to be changed cannot be, or not in this way.
     *
     * @param message one sentence
     * @param concerns what was named in the request
     */
    record Unchangeable(Reason reason, String message, Reference concerns) implements NotAssembled {

        /** So that callers need not read messages. */
        public enum Reason {
            /** What was named is not where it should be. */
            NOT_FOUND,
            /** An entry of the index is nowhere. */
            CHILD_NOT_FOUND,
            NO_INDEX,
            MALFORMED,
            /** A platform would be there twice, or is not there to be removed, or none would be left. */
            CONTRADICTION
        }
    }

    /** A rule of the gate denies it. */
    record Denied(Gate.Decision decision) implements NotAssembled {}

    /** Signatures are wanted, and there is no key. */
    record NoKey() implements NotAssembled {}
}
