package dev.slipway.build.attest;

import dev.slipway.build.BuildObserver;
import dev.slipway.build.BuiltImage;
import dev.slipway.build.PlatformBuildTask;
import dev.slipway.build.image.CreationTime;
import dev.slipway.build.work.AttestImage;
import dev.slipway.build.work.AttestationOrder;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.sbom.image.CatalogueImage;
import dev.slipway.sbom.image.Gap;
import dev.slipway.sbom.image.ImageCatalogue;
import dev.slipway.sbom.spdx.SpdxSubject;
import dev.slipway.sbom.spdx.WriteSpdx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the image that was built where it lies, and writes the statements beside it. */
public final class AttestInStaging implements AttestImage {
    private static final int MOST_WARNINGS = 20;

    private final ContentStore staging;
    private final CatalogueImage catalogueImage;
    private final Identity identity;

    public AttestInStaging(ContentStore staging, CatalogueImage catalogueImage, Identity identity) {
        this.staging = staging;
        this.catalogueImage = catalogueImage;
        this.identity = identity;
    }

    @Override
    public List<Descriptor> attest(
            PlatformBuildTask task, BuiltImage image, AttestationOrder order, BuildObserver observer) {
        List<Descriptor> referrers = new ArrayList<>();
        if (order.sbom()) {
            referrers.add(put(image, WriteSpdx.MEDIA_TYPE, sbom(task, image, observer), Map.of(), Map.of()));
        }
        order.provenance()
                .map(wanted -> ProvenanceStatement.of(task, image.descriptor(), wanted, identity))
                .ifPresent(statement -> referrers.add(put(
                        image,
                        ProvenanceStatement.MEDIA_TYPE,
                        statement,
                        Map.of(ProvenanceStatement.TYPE_ANNOTATION, ProvenanceStatement.PREDICATE_TYPE),
                        Map.of(BUILD_ANNOTATION, task.buildId()))));
        return referrers;
    }

    private byte[] sbom(PlatformBuildTask task, BuiltImage image, BuildObserver observer) {
        ImageManifest manifest = ImageManifest.of(image.manifest());
        ImageCatalogue catalogue = catalogueImage.catalogue(staging, manifest.layers());
        tell(catalogue.gaps(), observer);
        return WriteSpdx.write(
                catalogue,
                new SpdxSubject(
                        manifest.digest(),
                        task.platform(),
                        CreationTime.of(task.inputs()).image(),
                        identity.tool()));
    }

    private static void tell(List<Gap> gaps, BuildObserver observer) {
        gaps.stream().limit(MOST_WARNINGS).forEach(gap -> observer.warning("the SBOM may lack packages: " + gap));
        if (gaps.size() > MOST_WARNINGS) {
            observer.warning("the SBOM may lack packages in %d places in all; it names them".formatted(gaps.size()));
        }
    }

    private Descriptor put(
            BuiltImage image,
            String type,
            byte[] content,
            Map<String, String> ofLayer,
            Map<String, String> ofManifest) {
        Descriptor layer = Descriptor.of(type, content).withAnnotations(ofLayer);
        staging.putBlob(layer, BlobSource.of(content));
        staging.putBlob(ImageManifest.EMPTY_CONFIG, ImageManifest.EMPTY_CONFIG_CONTENT);
        ImageManifest artifact = ImageManifest.artifact(type, List.of(layer))
                .withSubject(image.manifest().descriptor());
        ImageManifest annotated = merged(ofLayer, ofManifest).isEmpty()
                ? artifact
                : artifact.withAnnotations(merged(ofLayer, ofManifest));
        staging.putManifest(annotated.manifest());
        return annotated.asReferrer();
    }

    private static Map<String, String> merged(Map<String, String> one, Map<String, String> other) {
        Map<String, String> all = new TreeMap<>(one);
        all.putAll(other);
        return all;
    }
}
