package dev.slipway.context.pack;

import dev.slipway.context.ContextException;
import dev.slipway.context.ignore.IgnoreRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where things are: the root, the Dockerfile and the rules that go with it. A file of the Dockerfile's name with {@code
 * .dockerignore} at its end takes precedence over the root's.
 *
 * @param dockerfileName inside the context; the bare file name where it lies outside
 */
record Layout(Path root, Path dockerfile, String dockerfileName, boolean inside, IgnoreRules rules) {

    static Layout of(PackRequest request) {
        Path root = realDirectory(request.directory());
        Path dockerfile = request.dockerfile().toAbsolutePath().normalize();
        if (!Files.isRegularFile(dockerfile)) {
            throw new ContextException(
                    ContextException.Kind.DOCKERFILE_MISSING,
                    Files.exists(dockerfile)
                            ? "the Dockerfile '%s' is not a file".formatted(request.dockerfile())
                            : "there is no Dockerfile '%s'".formatted(request.dockerfile()),
                    null);
        }
        Path real = realParent(dockerfile).resolve(fileName(dockerfile));
        boolean inside = real.startsWith(root);
        String name = inside ? root.relativize(real).toString() : fileName(real);
        return new Layout(root, real, name, inside, rules(root, real));
    }

    /** The units that make up the context: the Dockerfile's first, since it is wanted first. */
    List<Unit> units(List<Node> nodes) {
        List<Node> others = new ArrayList<>(nodes);
        boolean visible =
                inside && others.removeIf(node -> node.path().equals(dockerfileName) && node.kind() == Node.Kind.FILE);
        List<Unit> units = new ArrayList<>();
        units.add(new Unit.Single(Node.of(dockerfileName, dockerfile), !visible));
        units.addAll(Unit.cut(others));
        return units;
    }

    Path file(Node node) {
        return node.path().equals(dockerfileName) ? dockerfile : root.resolve(node.path());
    }

    private static IgnoreRules rules(Path root, Path dockerfile) {
        Path own = dockerfile.resolveSibling(fileName(dockerfile) + ".dockerignore");
        Path file = Files.exists(own) ? own : root.resolve(".dockerignore");
        try {
            return IgnoreRules.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return IgnoreRules.NONE;
        } catch (IOException e) {
            throw new ContextException(ContextException.Kind.UNREADABLE, "cannot read '%s': %s".formatted(file, e), e);
        } catch (IllegalArgumentException e) {
            throw new ContextException(
                    ContextException.Kind.INVALID, "'%s', %s".formatted(fileName(file), e.getMessage()), e);
        }
    }

    private static Path realDirectory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new ContextException(
                    ContextException.Kind.INVALID,
                    Files.exists(directory)
                            ? "the context '%s' is not a directory".formatted(directory)
                            : "there is no directory '%s'".formatted(directory),
                    null);
        }
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw new ContextException(
                    ContextException.Kind.UNREADABLE, "cannot read the context '%s': %s".formatted(directory, e), e);
        }
    }

    private static Path realParent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : realDirectory(parent);
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }
}
