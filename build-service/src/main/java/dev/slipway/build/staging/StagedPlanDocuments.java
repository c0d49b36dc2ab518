package dev.slipway.build.staging;

import dev.slipway.build.plan.PlanDocuments;
import dev.slipway.build.work.StagingTags;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.registry.RegistryRepository;
import java.util.List;
import java.util.Optional;

/** Plans as artifacts in staging, each under its build's tag. */
public final class StagedPlanDocuments implements PlanDocuments {
    private static final String PLAN = "application/vnd.slipway.plan.v1+json";

    private final RegistryRepository staging;

    public StagedPlanDocuments(RegistryRepository staging) {
        this.staging = staging;
    }

    @Override
    public Optional<byte[]> find(String buildId) {
        return staging.manifest(StagingTags.plan(buildId))
                .map(manifest ->
                        staging.blob(ImageManifest.of(manifest).layers().getFirst()));
    }

    /** Sends the plan without asking first: every plan is another. */
    @Override
    public void keep(String buildId, byte[] document) {
        Descriptor plan = Descriptor.of(PLAN, document);
        staging.putBlob(ImageManifest.EMPTY_CONFIG, ImageManifest.EMPTY_CONFIG_CONTENT);
        staging.sendBlob(plan, BlobSource.of(document));
        ImageManifest artifact = ImageManifest.artifact(PLAN, List.of(plan));
        staging.tag(artifact.manifest(), StagingTags.plan(buildId));
    }
}
