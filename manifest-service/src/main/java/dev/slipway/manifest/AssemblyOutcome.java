package dev.slipway.manifest;

import dev.slipway.oci.Descriptor;
import java.util.List;

/** How an assembly ended. */
public sealed interface AssemblyOutcome {

    record Assembled(Descriptor index) implements AssemblyOutcome {}

    /** Some children are not what they should be; nothing was written. */
    record Refused(List<ChildFault> faults) implements AssemblyOutcome {
        public Refused {
            faults = List.copyOf(faults);
        }
    }
}
