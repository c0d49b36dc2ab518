package dev.slipway.cli.demo;

import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Pulls the image of this machine's platform and runs its entrypoint, a program that needs nothing but itself, without any
 * container: enough to see that what a registry serves is what was built.
 */
final class RunImage {
    private static final int LIMIT_SECONDS = 10;

    private final ContentStore store;
    private final Path directory;

    RunImage(ContentStore store, Path directory) {
        this.store = store;
        this.directory = directory;
    }

    /** What the program printed. */
    String run(Reference reference) {
        ImageManifest image = imageFor(Platform.host(), reference);
        ImageConfig config = ImageConfig.parse(store.blob(image.config()));
        String entrypoint = config.entrypoint().stream()
                .findFirst()
                .orElseThrow(() -> failure("the image %s has no entrypoint".formatted(reference)));
        try {
            Path program = directory.resolve("program");
            for (Descriptor layer : image.layers()) {
                extract(layer, entrypoint.substring(1), program);
            }
            if (!Files.exists(program)) {
                throw failure("no layer of %s has the entrypoint %s".formatted(reference, entrypoint));
            }
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            return output(program);
        } catch (IOException e) {
            throw failure("cannot run %s of %s: %s".formatted(entrypoint, reference, e));
        }
    }

    private ImageManifest imageFor(Platform host, Reference reference) {
        ImageIndex index = store.manifest(reference.identifier())
                .map(ImageIndex::of)
                .orElseThrow(() -> failure("%s does not have %s".formatted(store.location(), reference)));
        Descriptor child =
                index.bestFor(host).orElseThrow(() -> failure("%s has no image for %s".formatted(reference, host)));
        return store.manifest(child.digest().value())
                .map(ImageManifest::of)
                .orElseThrow(() -> failure("%s does not have %s".formatted(store.location(), child.digest())));
    }

    private void extract(Descriptor layer, String path, Path to) throws IOException {
        try (InputStream blob = store.openBlob(layer);
                TarArchiveInputStream tar = new TarArchiveInputStream(uncompressed(layer, blob))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile() && entry.getName().equals(path)) {
                    Files.copy(tar, to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static InputStream uncompressed(Descriptor layer, InputStream blob) throws IOException {
        return switch (layer.mediaType()) {
            case MediaTypes.LAYER -> blob;
            case MediaTypes.LAYER_GZIP, MediaTypes.DOCKER_LAYER_GZIP -> new GZIPInputStream(blob);
            default -> throw failure("a layer of type %s is not read here".formatted(layer.mediaType()));
        };
    }

    private static String output(Path program) throws IOException {
        Process process = new ProcessBuilder(List.of(program.toString()))
                .redirectErrorStream(true)
                .start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw failure("the image's program did not end well; it printed: " + text);
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the image's program ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static CommandFailure failure(String message) {
        return new CommandFailure(ExitCode.BUILD_FAILED, message);
    }
}
