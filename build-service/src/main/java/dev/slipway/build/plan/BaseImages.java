package dev.slipway.build.plan;

import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.ImageRepositories;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.MalformedDocumentException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out which digest a base image's name stands for now, and whether it has what is to be built. */
final class BaseImages {

    /** Platforms of digests that were looked at; a digest never changes what it has. */
    private static final int REMEMBERED = 1000;

    private final ImageRepositories repositories;
    private final Map<Digest, List<Platform>> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, List<Platform>> eldest) {
            return size() > REMEMBERED;
        }
    };

    BaseImages(ImageRepositories repositories) {
        this.repositories = repositories;
    }

    /** What a name stands for, and why some platforms, or all, cannot use it. */
    record Resolution(Optional<Reference.Digested> reference, Map<Platform, Violation> problems) {}

    /** Asks the registry, each time: a tag may have moved. */
    Resolution resolve(String name, Collection<Platform> wanted) {
        try {
            return resolve(name, Reference.parse(name), wanted);
        } catch (MalformedDocumentException e) {
            return unusable(wanted, Violation.about(name, Reason.BASE_IMAGE_UNAVAILABLE, saying(name, e)));
        } catch (IllegalArgumentException e) {
            return unusable(wanted, Violation.about(name, Reason.REFERENCE_INVALID, saying(name, e)));
        } catch (StoreException e) {
            Violation refusal = Violation.of(e, Reason.BASE_IMAGE_UNAVAILABLE);
            return unusable(
                    wanted, new Violation(refusal.reason(), saying(name, e), refusal.concerns(), refusal.retryable()));
        }
    }

    private static String saying(String name, RuntimeException e) {
        return "base image '%s': %s".formatted(name, e.getMessage());
    }

    private Resolution resolve(String name, Reference reference, Collection<Platform> wanted) {
        ContentStore repository = repositories.open(reference.repository());
        Optional<Descriptor> found = repository.resolve(reference.identifier());
        if (found.isEmpty()) {
            return unusable(
                    wanted,
                    Violation.about(
                            name,
                            Reason.BASE_IMAGE_UNAVAILABLE,
                            "base image '%s' is not there: %s knows no '%s'"
                                    .formatted(name, repository.location(), reference.identifier())));
        }
        Digest digest = found.get().digest();
        List<Platform> offered = platforms(repository, digest);
        Map<Platform, Violation> problems = new LinkedHashMap<>();
        for (Platform platform : wanted) {
            if (offered.stream().noneMatch(offer -> platform.distanceTo(offer).isPresent())) {
                problems.put(platform, lacks(name, digest, platform, offered));
            }
        }
        Reference.Digested resolved = new Reference.Digested(reference.repository(), tag(reference), digest);
        return new Resolution(Optional.of(resolved), problems);
    }

    private List<Platform> platforms(ContentStore repository, Digest digest) {
        synchronized (known) {
            List<Platform> platforms = known.get(digest);
            if (platforms != null) {
                return platforms;
            }
        }
        List<Platform> read = read(repository, digest);
        synchronized (known) {
            known.put(digest, read);
        }
        return read;
    }

    private static List<Platform> read(ContentStore repository, Digest digest) {
        Manifest manifest = repository
                .manifest(digest.value())
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.NOT_FOUND,
                        repository.location(),
                        "%s has a tag for %s and not its manifest".formatted(repository.location(), digest),
                        null));
        if (MediaTypes.isIndex(manifest.mediaType())) {
            return ImageIndex.of(manifest).images().stream()
                    .flatMap(image -> image.optionalPlatform().stream())
                    .toList();
        }
        Descriptor config = ImageManifest.of(manifest).config();
        return List.of(ImageConfig.parse(repository.blob(config)).platform());
    }

    private static Violation lacks(String name, Digest digest, Platform platform, List<Platform> offered) {
        String has = offered.stream().map(Platform::toString).collect(Collectors.joining(", "));
        return Violation.about(
                platform.name(),
                Reason.PLATFORM_UNAVAILABLE,
                "base image '%s' (%s) has no image for %s; it has %s".formatted(name, digest, platform, has));
    }

    private static Optional<String> tag(Reference reference) {
        return switch (reference) {
            case Reference.Tagged tagged -> Optional.of(tagged.tag());
            case Reference.Digested digested -> digested.tag();
        };
    }

    private static Resolution unusable(Collection<Platform> wanted, Violation violation) {
        Map<Platform, Violation> problems = new LinkedHashMap<>();
        wanted.forEach(platform -> problems.put(platform, violation));
        return new Resolution(Optional.empty(), problems);
    }
}
