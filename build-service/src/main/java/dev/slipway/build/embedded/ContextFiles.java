package dev.slipway.build.embedded;

import dev.slipway.build.embedded.tree.FileTree;
import dev.slipway.build.embedded.tree.Node;
import dev.slipway.context.BuildContext;
import dev.slipway.context.ContextEntry;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.layer.Attributes;
import java.io.InputStream;

/** The context as a tree. */
final class ContextFiles {
    private ContextFiles() {}

    static FileTree of(BuildContext context) {
        FileTree tree = FileTree.empty();
        context.entries().forEach((path, entry) -> tree.put(path, node(context, entry)));
        return tree;
    }

    private static Node node(BuildContext context, ContextEntry entry) {
        return switch (entry) {
            case ContextEntry.Directory found -> new Node.Directory(Attributes.of(found.mode()));
            case ContextEntry.Link link -> new Node.SymbolicLink(Attributes.of(0777), link.target());
            case ContextEntry.RegularFile file ->
                new Node.RegularFile(Attributes.of(file.mode()), file.size(), file.digest(), content(context, file));
        };
    }

    private static BlobSource content(BuildContext context, ContextEntry.RegularFile file) {
        return new BlobSource() {
            @Override
            public InputStream open() {
                return context.open(file);
            }

            @Override
            public byte[] part(long offset, int length) {
                return context.part(file, offset, length);
            }
        };
    }
}
