package dev.slipway.build.embedded.tree;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Digest;
import dev.slipway.oci.layer.Attributes;

/** What is at a path. */
public sealed interface Node {

    Attributes attributes();

    record Directory(Attributes attributes) implements Node {}

    /**
     * A regular file.
     *
     * @param size in bytes
     * @param digest of its content, by which layers are known to be equal without reading them
     */
    record RegularFile(Attributes attributes, long size, Digest digest, BlobSource content) implements Node {}

    /**
     * A symbolic link.
     *
     * @param target as it stands in the link
     */
    record SymbolicLink(Attributes attributes, String target) implements Node {}

    /**
     * Something that can stay where it is, in a layer that is there already, but that no layer is made of here.
     *
     * @param what it is, for messages: a device, a file with extended attributes
     */
    record Special(Attributes attributes, String what) implements Node {}
}
