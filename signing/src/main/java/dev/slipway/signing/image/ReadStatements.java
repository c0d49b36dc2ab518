package dev.slipway.signing.image;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.MalformedDocumentException;
import dev.slipway.signing.cosign.SignatureTypes;
import dev.slipway.signing.cosign.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads what artifacts state about an image, so that it can be signed: SBOMs, and statements that nobody signed yet. */
public final class ReadStatements {
    private static final String SPDX = "application/spdx+json";
    private static final String CYCLONEDX = "application/vnd.cyclonedx+json";

    private final ContentStore store;

    public ReadStatements(ContentStore store) {
        this.store = store;
    }

    /**
     * The statements of artifacts, one for each layer; of artifacts that state nothing there are none.
     *
     * @throws StoreException also where one is not there, or is not what its media type says
     */
    public List<Statement> of(List<Descriptor> artifacts) {
        List<Statement> statements = new ArrayList<>();
        for (Descriptor artifact : artifacts) {
            ImageManifest manifest = manifest(artifact);
            for (Descriptor layer : manifest.layers()) {
                try {
                    add(layer, statements);
                } catch (IllegalArgumentException e) {
                    throw corrupt("layer %s of %s".formatted(layer.digest(), artifact.digest()), e);
                }
            }
        }
        return List.copyOf(statements);
    }

    private void add(Descriptor layer, List<Statement> statements) {
        switch (layer.mediaType()) {
            case SPDX -> statements.add(Statement.of(SignatureTypes.SPDX_PREDICATE, store.blob(layer)));
            case CYCLONEDX -> statements.add(Statement.of(SignatureTypes.CYCLONEDX_PREDICATE, store.blob(layer)));
            case SignatureTypes.IN_TOTO -> statements.add(Statement.parse(store.blob(layer)));
            default -> {}
        }
    }

    private ImageManifest manifest(Descriptor artifact) {
        try {
            return ImageManifest.of(store.manifest(artifact.digest().value())
                    .orElseThrow(() -> new StoreException(
                            StoreException.Kind.NOT_FOUND,
                            store.location(),
                            "%s does not have the artifact %s".formatted(store.location(), artifact.digest()),
                            null)));
        } catch (MalformedDocumentException e) {
            throw corrupt("artifact " + artifact.digest(), e);
        }
    }

    private StoreException corrupt(String what, RuntimeException cause) {
        return new StoreException(
                StoreException.Kind.CORRUPT,
                store.location(),
                "%s in %s cannot be used: %s".formatted(what, store.location(), cause.getMessage()),
                cause);
    }
}
