package dev.slipway.push.staging;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.push.Manifests;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.TargetRegistry;
import dev.slipway.push.source.StagingArea;
import dev.slipway.push.work.Parallel;
import java.util.ArrayList;
import java.util.List;

/** Writes what is found by tags of its own beside an image. What is there already is not written again. */
final class Attach {
    private final ContentStore staging;
    private final Manifests manifests;
    private final Parallel parallel;

    Attach(StagingArea staging, Parallel parallel) {
        this.staging = staging.store();
        this.manifests = staging.manifests();
        this.parallel = parallel;
    }

    /** Whether a target has all attachments now; one that cannot be asked has not. */
    boolean isDone(PublishPlan plan, Target target) {
        try {
            return parallel
                    .map(
                            plan.attachmentsFor(target.repository()),
                            one -> target.registry().isAttached(manifests.get(one.manifest()), one.tag()))
                    .stream()
                    .allMatch(attached -> attached);
        } catch (StoreException e) {
            return false;
        }
    }

    void attach(PublishPlan plan, Target target) {
        parallel.forEach(
                plan.attachmentsFor(target.repository()),
                one -> attach(target.registry(), manifests.get(one.manifest()), one.tag()));
    }

    private void attach(TargetRegistry registry, Manifest attachment, String tag) {
        if (registry.isAttached(attachment, tag)) {
            return;
        }
        ImageManifest image = ImageManifest.of(attachment);
        List<Descriptor> blobs = new ArrayList<>(image.layers());
        blobs.add(image.config());
        for (Descriptor blob : blobs) {
            if (!registry.hasBlob(blob.digest())) {
                registry.putBlob(blob, () -> staging.openBlob(blob));
            }
        }
        registry.attach(attachment, tag);
    }
}
