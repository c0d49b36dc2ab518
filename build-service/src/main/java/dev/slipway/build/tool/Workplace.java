package dev.slipway.build.tool;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.dockerfile.Dockerfile;
import dev.slipway.build.stages.StageGraph;
import dev.slipway.context.BuildContext;
import dev.slipway.context.ContextException;
import dev.slipway.context.ContextReader;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Directory of one build: the context, the Dockerfile with its images pinned, and whatever the tool writes. */
public final class Workplace implements Closeable {
    private static final long MAX_DOCKERFILE_BYTES = 4L * 1024 * 1024;

    private final Path directory;
    private final PlatformBuildTask task;
    private final BuildContext context;
    private final Dockerfile dockerfile;
    private final StageGraph graph;

    private Workplace(
            Path directory, PlatformBuildTask task, BuildContext context, Dockerfile dockerfile, StageGraph graph) {
        this.directory = directory;
        this.task = task;
        this.context = context;
        this.dockerfile = dockerfile;
        this.graph = graph;
    }

    /**
     * Fills a new directory.
     *
     * @param parent made if it is not there
     */
    public static Workplace prepare(PlatformBuildTask task, ContextReader contexts, Path parent) {
        try {
            BuildContext context = contexts.open(task.inputs().context());
            byte[] content = context.dockerfile(task.inputs().dockerfile(), MAX_DOCKERFILE_BYTES);
            Dockerfile dockerfile = Dockerfile.parse(task.inputs().dockerfile(), content);
            StageGraph graph = StageGraph.of(
                    dockerfile,
                    task.platform(),
                    task.inputs().target(),
                    task.inputs().buildArgs());
            byte[] pinned = PinnedDockerfile.of(content, graph, task.inputs());
            Path directory = Files.createTempDirectory(Files.createDirectories(parent), "build-");
            Workplace place = new Workplace(directory, task, context, dockerfile, graph);
            try {
                Files.createDirectory(place.dockerfile().getParent());
                Files.write(place.dockerfile(), pinned);
                // the context is cut already, and a second cut by other rules would take too much
                Files.writeString(place.ignoreFile(), "#\n");
                ContextDirectory.write(context, place.contextDirectory());
            } catch (IOException | RuntimeException e) {
                place.close();
                throw e;
            }
            return place;
        } catch (ContextException e) {
            throw new BuildException(reason(e), String.valueOf(e.getMessage()), false, e);
        } catch (IOException e) {
            throw new UncheckedIOException("there is no place for a build in " + parent, e);
        }
    }

    private static Reason reason(ContextException failure) {
        return switch (failure.kind()) {
            case DOCKERFILE_MISSING -> Reason.DOCKERFILE_MISSING;
            case INVALID, CHANGED -> Reason.CONTEXT_INVALID;
            case UNREADABLE -> Reason.CONTEXT_UNAVAILABLE;
        };
    }

    public Path directory() {
        return directory;
    }

    public Path contextDirectory() {
        return directory.resolve("context");
    }

    public Path dockerfile() {
        return directory.resolve("dockerfile").resolve("Dockerfile");
    }

    /** Of a name that BuildKit finds by itself; it ignores nothing. */
    public Path ignoreFile() {
        return directory.resolve("dockerfile").resolve("Dockerfile.dockerignore");
    }

    BuildContext context() {
        return context;
    }

    /** The frontend that the Dockerfile asks for, where it is another than Docker's own. */
    public Optional<String> frontend() {
        return dockerfile.syntax();
    }

    public StageGraph stages() {
        return graph;
    }

    public int steps() {
        return graph.plans().stream()
                .mapToInt(plan -> plan.stage().instructions().size() + 1)
                .sum();
    }

    /**
     * The image that all rests on; none where it begins with nothing.
     *
     * @param reference as the plan has it
     */
    record Root(Reference.Digested reference, Platform platform) {}

    Optional<Root> root() {
        return graph.root()
                .flatMap(image -> Optional.ofNullable(task.inputs().bases().get(image.name()))
                        .map(reference -> new Root(reference, image.platform())));
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                    Files.setAttribute(path, "unix:mode", 0700);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure) throws IOException {
                    Files.delete(path);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the files of a build in %s cannot be deleted".formatted(directory), e);
        }
    }
}
