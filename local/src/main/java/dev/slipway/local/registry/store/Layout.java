package dev.slipway.local.registry.store;

import java.nio.file.Path;

/**
 * Where everything is. No component of a repository's name starts with an underscore, so the directories of a repository
 * cannot be those of another.
 * <pre>
 * content/sha256/ab/ab…                         the bytes of blobs and manifests, of all repositories
 * repositories/NAME/_blobs/sha256/HEX           empty: the repository has this blob
 * repositories/NAME/_manifests/sha256/HEX       the media type: the repository has this manifest
 * repositories/NAME/_referrers/sha256/HEX/sha256/HEX   of a subject, of a referrer: its descriptor
 * repositories/NAME/_tags/TAG                   the digest
 * repositories/NAME/_uploads/ID                 the bytes of an open upload
 * scratch/                                      files that are not yet whole
 * </pre>
 */
record Layout(Path root) {

    Path contents() {
        return root.resolve("content");
    }

    Path content(ContentDigest digest) {
        return contents()
                .resolve(digest.prefix())
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex());
    }

    Path repositories() {
        return root.resolve("repositories");
    }

    Path repository(String name) {
        return repositories().resolve(name);
    }

    Path scratch() {
        return root.resolve("scratch");
    }
}
