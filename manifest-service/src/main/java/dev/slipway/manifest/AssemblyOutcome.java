package dev.slipway.manifest;

import dev.slipway.manifest.children.ChildFault;
import dev.slipway.oci.Descriptor;
import java.util.List;

/** How an assembly ended. */
public sealed interface AssemblyOutcome {

    /**
     * The index is in staging, and its signatures where they were wanted.
     *
     * @param images that it lists, in the order of the plan's children; a child that was an index is the image inside it
     */
    record Assembled(Part index, List<Part> images) implements AssemblyOutcome {
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

    /** Some children are not what they should be; nothing was written. */
    record Refused(List<ChildFault> faults) implements AssemblyOutcome {
        public Refused {
            faults = List.copyOf(faults);
        }
    }

    /** The index would be larger than registries must take; nothing was written. */
    record TooLarge(long bytes, long maxBytes) implements AssemblyOutcome {}

    /** Signatures are wanted, and there is no key; nothing was written. */
    record NoKey() implements AssemblyOutcome {}
}
