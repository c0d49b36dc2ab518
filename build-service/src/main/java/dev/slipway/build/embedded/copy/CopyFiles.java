package dev.slipway.build.embedded.copy;

import dev.slipway.build.Capability;
import dev.slipway.build.embedded.tree.FileTree;
import dev.slipway.build.embedded.tree.Node;
import dev.slipway.oci.layer.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * Copies files between trees as BuildKit's {@code COPY} does: of a directory its content; a link that is named is followed, a
 * link that lies in a directory is not; what the way to the destination lacks is made.
 */
public final class CopyFiles {

    /**
     * What to copy.
     *
     * @param sources paths in the source, as written, with wildcards
     * @param destination absolute; with a slash at its end it is a directory
     * @param refuseArchives whether a source that is an archive is an error, because {@code ADD} would unpack it
     * @param owner of all that is copied or made; empty keeps the files' own, and makes the rest as root
     * @param mode of all files and directories that are copied or made; empty keeps the files' own, and 0755
     */
    public record Request(
            List<String> sources, String destination, boolean refuseArchives, Optional<Owner> owner, OptionalInt mode) {
        public Request {
            sources = List.copyOf(sources);
        }
    }

    private final FileTree source;
    private final Destination destination;
    private final Request request;

    private CopyFiles(FileTree source, Destination destination, Request request) {
        this.source = source;
        this.destination = destination;
        this.request = request;
    }

    /**
     * Copies.
     *
     * @param target changes
     * @return what a layer of it consists of: what was written, and every directory on the way as it is afterwards
     * @throws CopyException where a source is not there, or something is in the way
     */
    public static SortedMap<String, Node> copy(FileTree source, FileTree target, Request request) {
        Destination destination = new Destination(target, request.owner(), request.mode());
        new CopyFiles(source, destination, request).copyAll();
        return destination.written();
    }

    private void copyAll() {
        for (String text : request.sources()) {
            for (String path : Sources.select(source, text)) {
                copy(text, path);
            }
        }
    }

    private void copy(String text, String path) {
        String real = Sources.follow(source, path);
        Node node = source.get(real)
                .orElseThrow(
                        () -> CopyException.failed("'%s' is a link to something that is not there".formatted(text)));
        switch (node) {
            case Node.Directory ignored -> copyContent(real);
            case Node.RegularFile file -> copyFile(path, file);
            case Node.SymbolicLink link -> throw new IllegalStateException("a link was not followed: " + link);
            case Node.Special special -> throw special(path, special);
        }
    }

    private void copyFile(String path, Node.RegularFile file) {
        if (request.refuseArchives() && Archives.isArchive(file)) {
            throw CopyException.unsupported(
                    "'%s' is an archive, which ADD unpacks and the embedded builder does not; use COPY to copy it as it is; builders that can: %s"
                            .formatted(path, Capability.PROGRAMS));
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        destination.put(destination.forFile(request.destination(), name), changed(path, file));
    }

    private void copyContent(String directory) {
        String to = destination.directory(request.destination());
        int start = directory.isEmpty() ? 0 : directory.length() + 1;
        for (Map.Entry<String, Node> entry : source.below(directory).entrySet()) {
            String path = entry.getKey();
            destination.put(FileTree.join(to, path.substring(start)), changed(path, entry.getValue()));
        }
    }

    private Node changed(String path, Node node) {
        Attributes attributes = attributes(node);
        return switch (node) {
            case Node.Directory ignored -> new Node.Directory(attributes);
            case Node.RegularFile file -> new Node.RegularFile(attributes, file.size(), file.digest(), file.content());
            case Node.SymbolicLink link -> new Node.SymbolicLink(attributes, link.target());
            case Node.Special special -> throw special(path, special);
        };
    }

    private Attributes attributes(Node node) {
        Attributes own = node.attributes();
        Owner owner = request.owner().orElseGet(() -> new Owner(own.uid(), own.gid()));
        int mode =
                node instanceof Node.SymbolicLink ? own.mode() : request.mode().orElse(own.mode());
        return new Attributes(mode, owner.uid(), owner.gid());
    }

    private static CopyException special(String path, Node.Special special) {
        return CopyException.unsupported(
                "'%s' is %s, which the embedded builder does not copy".formatted(path, special.what()));
    }
}
