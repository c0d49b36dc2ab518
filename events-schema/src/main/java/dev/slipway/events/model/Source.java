package dev.slipway.events.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the build context comes from; in JSON an object with exactly one of the three names. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Source.Git.class, name = "git"),
    @JsonSubTypes.Type(value = Source.Archive.class, name = "archive"),
    @JsonSubTypes.Type(value = Source.Artifact.class, name = "artifact")
})
public sealed interface Source {

    /**
     * A git repository at a commit.
     *
     * @param revision a full commit id
     * @param ref the branch or tag that it was taken from, {@code refs/heads/main}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Git(
            String url,
            String revision,
            @Nullable String subdirectory,
            @Nullable String ref) implements Source {
        public Git(String url, String revision, @Nullable String subdirectory) {
            this(url, revision, subdirectory, null);
        }

        public Git {
            Objects.requireNonNull(url, "source.git.url is missing");
            Objects.requireNonNull(revision, "source.git.revision is missing");
        }
    }

    record Archive(String url, String digest) implements Source {
        public Archive {
            Objects.requireNonNull(url, "source.archive.url is missing");
            Objects.requireNonNull(digest, "source.archive.digest is missing");
            if (!Descriptor.isDigest(digest)) {
                throw new IllegalArgumentException("source.archive.digest is not a digest: '%s'".formatted(digest));
            }
        }
    }

    /**
     * A context that lies in a registry as an OCI artifact.
     *
     * @param repository where it lies, without a tag; absent for the staging repository
     * @param revision the git commit it was packed from, where it was packed from a git tree
     * @param revisionSource the repository's URL of that commit
     * @param ref the branch or tag that it was taken from, {@code refs/heads/main}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Artifact(
            @Nullable String repository,
            Descriptor descriptor,
            @Nullable String revision,
            @Nullable String revisionSource,
            @Nullable String ref)
            implements Source {
        public Artifact(
                @Nullable String repository,
                Descriptor descriptor,
                @Nullable String revision,
                @Nullable String revisionSource) {
            this(repository, descriptor, revision, revisionSource, null);
        }

        public Artifact {
            Objects.requireNonNull(descriptor, "source.artifact.descriptor is missing");
        }
    }
}
