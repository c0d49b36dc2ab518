package dev.slipway.build.embedded;

import dev.slipway.build.embedded.tree.FileTree;
import dev.slipway.build.embedded.tree.Node;
import dev.slipway.context.BuildContext;
import dev.slipway.context.ContextEntry;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.layer.Attributes;

/** The context as a tree. */
final class ContextFiles {
    /** A larger file is read from staging once and then from the disk: it is looked at, hashed and sent. */
    private static final long KEPT_IN_FILE = 128 * 1024;

    private ContextFiles() {}

    static FileTree of(BuildContext context, WorkDirectory directory) {
        FileTree tree = FileTree.empty();
        context.entries().forEach((path, entry) -> tree.put(path, node(context, entry, directory)));
        return tree;
    }

    private static Node node(BuildContext context, ContextEntry entry, WorkDirectory directory) {
        return switch (entry) {
            case ContextEntry.Directory found -> new Node.Directory(Attributes.of(found.mode()));
            case ContextEntry.Link link -> new Node.SymbolicLink(Attributes.of(0777), link.target());
            case ContextEntry.RegularFile file ->
                new Node.RegularFile(
                        Attributes.of(file.mode()), file.size(), file.digest(), content(context, file, directory));
        };
    }

    private static BlobSource content(BuildContext context, ContextEntry.RegularFile file, WorkDirectory directory) {
        BlobSource content = () -> context.open(file);
        return file.size() <= KEPT_IN_FILE ? content : directory.keep(file.digest(), content);
    }
}
