package dev.slipway.build.staging;

import dev.slipway.build.queue.BuildKey;
import dev.slipway.build.work.BuildLogStore;
import dev.slipway.build.work.StagingTags;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Platform;
import dev.slipway.oci.image.ImageManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Logs as artifacts in staging, each under a tag of its build, platform and attempt. */
public final class StagedBuildLogs implements BuildLogStore {
    private final ContentStore staging;

    public StagedBuildLogs(ContentStore staging) {
        this.staging = staging;
    }

    @Override
    public Descriptor keep(BuildKey build, int attempt, Path text, long lines) {
        BlobSource content = () -> Files.newInputStream(text);
        Descriptor log = staging.addBlob(MEDIA_TYPE, size(text), content);
        staging.putBlob(ImageManifest.EMPTY_CONFIG, ImageManifest.EMPTY_CONFIG_CONTENT);
        ImageManifest artifact = ImageManifest.artifact(MEDIA_TYPE, List.of(log))
                .withAnnotations(Map.of(LINES_ANNOTATION, Long.toString(lines)));
        staging.tag(artifact.manifest(), StagingTags.log(build.buildId(), Platform.parse(build.platform()), attempt));
        return artifact.asReferrer();
    }

    private static long size(Path text) {
        try {
            return Files.size(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
