package dev.slipway.build.embedded.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.build.embedded.tree.FileTree;
import dev.slipway.build.embedded.tree.Node;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Digest;
import dev.slipway.oci.layer.Attributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Shortens what the tests of this package say. */
final class Trees {
    final FileTree source = FileTree.empty();
    final FileTree target = FileTree.empty();

    static Node directory(int mode) {
        return new Node.Directory(Attributes.of(mode));
    }

    static Node file(String content) {
        return file(0644, 0, 0, content.getBytes(UTF_8));
    }

    static Node file(int mode, int uid, int gid, byte[] content) {
        return new Node.RegularFile(
                new Attributes(mode, uid, gid), content.length, Digest.of(content), BlobSource.of(content));
    }

    static Node link(String to) {
        return new Node.SymbolicLink(Attributes.of(0777), to);
    }

    /** Copies; returns what the layer has, each as {@link #text} says. */
    Map<String, String> copy(String destination, String... sources) {
        return copy(request(destination, sources));
    }

    Map<String, String> copy(CopyFiles.Request request) {
        Map<String, String> layer = new LinkedHashMap<>();
        CopyFiles.copy(source, target, request).forEach((path, node) -> layer.put(path, text(node)));
        return layer;
    }

    static CopyFiles.Request request(String destination, String... sources) {
        return new CopyFiles.Request(List.of(sources), destination, false, Optional.empty(), OptionalInt.empty());
    }

    /** Why nothing is copied. */
    CopyException failure(CopyFiles.Request request) {
        CopyException e = catchThrowableOfType(CopyException.class, () -> CopyFiles.copy(source, target, request));
        assertThat(e).as("the error").isNotNull();
        return e;
    }

    String failure(String destination, String... sources) {
        return String.valueOf(failure(request(destination, sources)).getMessage());
    }

    private static String text(Node node) {
        Attributes of = node.attributes();
        String owner = of.uid() == 0 && of.gid() == 0 ? "" : " %d:%d".formatted(of.uid(), of.gid());
        return switch (node) {
            case Node.Directory ignored -> "directory %o%s".formatted(of.mode(), owner);
            case Node.RegularFile file -> "file %o%s %d".formatted(of.mode(), owner, file.size());
            case Node.SymbolicLink link -> "link%s to %s".formatted(owner, link.target());
            case Node.Special special -> special.what();
        };
    }
}
