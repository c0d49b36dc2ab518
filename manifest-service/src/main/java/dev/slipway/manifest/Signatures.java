package dev.slipway.manifest;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.RepositoryName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Signs manifests that are in staging, by keys that no build can reach. */
public interface Signatures {

    /**
     * Signs manifests and what artifacts state about them, and writes that to staging. Where it was done before, nothing is
     * written and the answer is the same.
     *
     * @param subjects at least one; of an image, its index first
     * @return what goes with each of the subjects, in their order
     */
    List<List<Attached>> sign(List<Subject> subjects, Order order);

    /**
     * What is to be signed.
     *
     * @param artifacts SBOMs and statements about the manifest
     */
    record Subject(Descriptor manifest, List<Descriptor> artifacts) {
        public Subject {
            artifacts = List.copyOf(artifacts);
        }
    }

    /**
     * What signatures are wanted for.
     *
     * @param repositories where the image will be; each has a signature of its own
     * @param created of the request, so that a retry signs the same
     */
    record Order(List<RepositoryName> repositories, Instant created) {
        public Order {
            repositories = repositories.stream().distinct().toList();
        }
    }

    /**
     * A manifest that goes with the one that it is about.
     *
     * @param tag by which it is found; without one it is a referrer
     * @param repository the only one that it is for; empty for every target
     * @param keyId which key signed it, where it was signed here
     */
    record Attached(
            Descriptor manifest, Optional<String> tag, Optional<RepositoryName> repository, Optional<String> keyId) {

        /** Something that was attached before, by whomever. */
        public static Attached before(Descriptor manifest, Optional<String> tag) {
            return new Attached(manifest, tag, Optional.empty(), Optional.empty());
        }
    }
}
