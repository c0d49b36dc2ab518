package dev.slipway.cli.selfbuild;

import dev.slipway.cli.report.CommandFailure;
import dev.slipway.oci.Digest;
import dev.slipway.oci.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A component of Kustomize that names each service's image by digest: the hand-over to whoever deploys. */
final class ImagesFile {
    /** An image as a cluster pulls it. */
    record Image(RepositoryName repository, Digest digest) {}

    private ImagesFile() {}

    static void write(Path file, Map<String, Image> images) {
        try {
            Files.writeString(file, text(images));
        } catch (IOException e) {
            throw CommandFailure.usage("cannot write '%s': %s".formatted(file, e));
        }
    }

    static String text(Map<String, Image> images) {
        StringBuilder text = new StringBuilder("""
                # Written by 'slipway self-build': a kustomization lists the directory of this file under components.
                apiVersion: kustomize.config.k8s.io/v1alpha1
                kind: Component
                images:
                """);
        images.forEach((service, image) -> text.append(
                """
                  - name: slipway/%s
                    newName: %s
                    digest: %s
                """.formatted(service, image.repository(), image.digest().value())));
        return text.toString();
    }
}
