package dev.slipway.signing.image;

import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.image.MalformedDocumentException;
import dev.slipway.signing.VerificationKey;
import dev.slipway.signing.cosign.Envelope;
import dev.slipway.signing.cosign.SignatureTypes;
import dev.slipway.signing.cosign.SimpleSigning;
import dev.slipway.signing.image.Finding.Form;
import dev.slipway.signing.image.Finding.Result;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Finds what is attached to a manifest in either form, and checks it against keys. What cannot be read is found too. */
final class FindSignatures {
    /** SBOMs of large images have some megabytes. */
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final ContentStore store;
    private final List<VerificationKey> keys;
    private final List<VerificationKey> attestationKeys;

    FindSignatures(ContentStore store, List<VerificationKey> keys, List<VerificationKey> attestationKeys) {
        this.store = store;
        this.keys = keys;
        this.attestationKeys = attestationKeys;
    }

    List<Finding> of(Digest subject) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(
                tagged(SignatureTypes.signatureTag(subject), Finding.SIGNATURE, layer -> signature(subject, layer)));
        for (Descriptor referrer : store.referrers(subject, Optional.empty())) {
            if (mayBeBundle(referrer)) {
                bundle(subject, referrer).ifPresent(findings::add);
            }
        }
        findings.addAll(tagged(SignatureTypes.attestationTag(subject), "", layer -> attestation(subject, layer)));
        return List.copyOf(findings);
    }

    /** cosign 3 lists its own with the type of the config where it lists them by tag. */
    private static boolean mayBeBundle(Descriptor referrer) {
        return SignatureTypes.BUNDLE.equals(referrer.artifactType())
                || MediaTypes.EMPTY.equals(referrer.artifactType());
    }

    private List<Finding> tagged(String tag, String predicateType, Function<Descriptor, Finding> check) {
        Optional<Manifest> there = store.manifest(tag);
        if (there.isEmpty()) {
            return List.of();
        }
        try {
            return ImageManifest.of(there.get()).layers().stream()
                    .map(layer -> readable(Form.TAG, predicateType, () -> Optional.of(check.apply(layer))))
                    .flatMap(Optional::stream)
                    .toList();
        } catch (MalformedDocumentException e) {
            return List.of(unreadable(Form.TAG, predicateType, e));
        }
    }

    private Finding signature(Digest subject, Descriptor layer) {
        byte[] payload = blob(layer);
        byte[] signature = Base64.getDecoder().decode(layer.annotations().getOrDefault(SignatureTypes.SIGNATURE, ""));
        boolean about = SimpleSigning.isAbout(payload, subject);
        return new Finding(Form.TAG, Finding.SIGNATURE, result(keys, key -> about && key.verifies(payload, signature)));
    }

    private Finding attestation(Digest subject, Descriptor layer) {
        return checked(Form.TAG, subject, Envelope.parse(blob(layer)));
    }

    /** Empty where the manifest is of another type. */
    private Optional<Finding> bundle(Digest subject, Descriptor referrer) {
        String said = referrer.annotations().getOrDefault(SignatureTypes.BUNDLE_PREDICATE_TYPE, "");
        return readable(Form.REFERRER, named(said), () -> {
            ImageManifest bundle =
                    ImageManifest.of(store.manifest(referrer.digest().value())
                            .orElseThrow(() -> new IllegalArgumentException(referrer.digest() + " is not there")));
            if (!bundle.artifactType().equals(SignatureTypes.BUNDLE)) {
                return Optional.empty();
            }
            if (bundle.layers().size() != 1) {
                throw new IllegalArgumentException(
                        "it has %d layers".formatted(bundle.layers().size()));
            }
            byte[] content = blob(bundle.layers().getFirst());
            return Optional.of(checked(Form.REFERRER, subject, Envelope.parseBundle(content)));
        });
    }

    /** A statement of another type by the same key is no signature, so the type signed counts, and not the one beside it. */
    private Finding checked(Form form, Digest subject, Envelope envelope) {
        String type = named(envelope.predicateType());
        List<VerificationKey> trusted = type.equals(Finding.SIGNATURE) ? keys : attestationKeys;
        return new Finding(form, type, result(trusted, key -> envelope.verifies(subject, key)));
    }

    private static String named(String predicateType) {
        return predicateType.equals(SignatureTypes.SIGN_PREDICATE) ? Finding.SIGNATURE : predicateType;
    }

    private static Result result(List<VerificationKey> trusted, Predicate<VerificationKey> verifies) {
        return trusted.stream()
                .filter(verifies)
                .findFirst()
                .<Result>map(key -> new Result.Valid(key.id()))
                .orElseGet(Result.NotVerified::new);
    }

    private byte[] blob(Descriptor blob) {
        if (blob.size() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "it has %d bytes; at most %d are read".formatted(blob.size(), MAX_BYTES));
        }
        return store.blob(blob);
    }

    /** An outage is the caller's; content that is missing, damaged or none is a finding. */
    private static Optional<Finding> readable(Form form, String predicateType, Supplier<Optional<Finding>> check) {
        try {
            return check.get();
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.NOT_FOUND && e.kind() != StoreException.Kind.CORRUPT) {
                throw e;
            }
            return Optional.of(unreadable(form, predicateType, e));
        } catch (IllegalArgumentException e) {
            return Optional.of(unreadable(form, predicateType, e));
        }
    }

    private static Finding unreadable(Form form, String predicateType, RuntimeException e) {
        return new Finding(form, predicateType, new Result.Unreadable(String.valueOf(e.getMessage())));
    }
}
