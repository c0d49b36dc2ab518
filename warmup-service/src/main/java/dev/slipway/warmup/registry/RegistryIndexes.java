package dev.slipway.warmup.registry;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.MalformedDocumentException;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import dev.slipway.warmup.verify.PublishedIndex;
import dev.slipway.warmup.verify.PublishedIndex.Child;
import dev.slipway.warmup.verify.PublishedIndexes;
import java.util.List;

/** What was published, by digest, from the registry that nodes will pull it from. */
public final class RegistryIndexes implements PublishedIndexes {
    private final RegistryClient client;

    public RegistryIndexes(RegistryClient client) {
        this.client = client;
    }

    @Override
    public PublishedIndex read(RepositoryName name, Digest digest) {
        RegistryRepository repository = client.repository(name);
        Manifest manifest = manifest(repository, digest);
        try {
            return new PublishedIndex(
                    digest,
                    MediaTypes.isIndex(manifest.mediaType())
                            ? ImageIndex.of(manifest).images().stream()
                                    .map(image -> child(repository, image))
                                    .toList()
                            : List.of(only(repository, manifest)));
        } catch (MalformedDocumentException e) {
            throw new StoreException(
                    StoreException.Kind.CORRUPT,
                    repository.location(),
                    "%s@%s is no image: %s".formatted(repository.location(), digest, e.getMessage()),
                    e);
        }
    }

    private static Child child(RegistryRepository repository, Descriptor image) {
        Manifest manifest = manifest(repository, image.digest());
        return image.optionalPlatform()
                .map(platform -> new Child(
                        platform,
                        image.digest(),
                        ImageManifest.of(manifest).config().digest(),
                        bytes(ImageManifest.of(manifest))))
                .orElseGet(() -> only(repository, manifest));
    }

    /** The platform is in the config where no index says it. */
    private static Child only(RegistryRepository repository, Manifest manifest) {
        ImageManifest image = ImageManifest.of(manifest);
        ImageConfig config = ImageConfig.parse(repository.blob(image.config()));
        return new Child(config.platform(), manifest.digest(), image.config().digest(), bytes(image));
    }

    private static long bytes(ImageManifest image) {
        return image.layers().stream().mapToLong(Descriptor::size).sum();
    }

    private static Manifest manifest(RegistryRepository repository, Digest digest) {
        Manifest manifest = repository
                .manifest(digest.value())
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.NOT_FOUND,
                        repository.location(),
                        "%s has no %s".formatted(repository.location(), digest),
                        null));
        if (!manifest.digest().equals(digest)) {
            throw new StoreException(
                    StoreException.Kind.CORRUPT,
                    repository.location(),
                    "%s served %s for %s".formatted(repository.location(), manifest.digest(), digest),
                    null);
        }
        return manifest;
    }
}
