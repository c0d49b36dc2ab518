package dev.slipway.push;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.RepositoryName;
import java.util.Optional;

/**
 * One repository that images are published to. Every method blocks, and reports a registry that cannot be reached or refuses
 * as a {@link dev.slipway.oci.StoreException}. Safe for use by several threads.
 */
public interface TargetRegistry {

    RepositoryName repository();

    /** What a tag or digest names; empty only where the registry says that it is not there. */
    Optional<Descriptor> resolve(String tagOrDigest);

    /** A manifest by digest, verified; empty only where the registry says that it is not there. */
    Optional<Manifest> manifest(Digest digest);

    /** A blob of a few megabytes at most, verified; empty only where the registry says that it is not there. */
    Optional<byte[]> blob(Descriptor blob);

    boolean hasBlob(Digest digest);

    /** Takes a blob over from another repository of the same registry. False where the registry did not; then send it. */
    boolean mountBlob(Descriptor blob, RepositoryName from);

    void putBlob(Descriptor blob, BlobSource content);

    /** Writes a manifest by its digest, and where it has a subject, makes it known as that one's referrer. */
    void putManifest(Manifest manifest);

    /** Whether a tag names all that an attachment has, beside what others attached. */
    boolean isAttached(Manifest attachment, String tag);

    /** Lets a tag name what an attachment has beside what it names already; its blobs must be there. */
    void attach(Manifest attachment, String tag);

    /** Lets a tag name a manifest, whatever it named before. */
    void tag(Manifest manifest, String tag);

    /** Deletes a tag and leaves what it named. False where the registry does not do that. */
    boolean deleteTag(String tag);

    /** Deletes a manifest with every tag that names it. False where the registry does not do that. */
    boolean deleteManifest(Digest digest);

    /** Whether its registry collects manifests that no tag names, so that they need tags to stay. */
    boolean collectsUntagged();

    /** What this instance has sent so far. */
    Traffic traffic();
}
