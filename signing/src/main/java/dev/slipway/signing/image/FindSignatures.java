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
                    .map(layer -> readable(Form.TAG, predicateType, () -> check.apply(layer)))
                    .toList();
        } catch (MalformedDocumentException e) {
            return List.of(new Finding(Form.TAG, predicateType, new Result.Unreadable(String.valueOf(e.getMessage()))));
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

    private Optional<Finding> bundle(Digest subject, Descriptor referrer) {
        String said = referrer.annotations().getOrDefault(SignatureTypes.BUNDLE_PREDICATE_TYPE, "");
        boolean[] other = {false};
        Finding finding = readable(Form.REFERRER, named(said), () -> {
            Manifest manifest = store.manifest(referrer.digest().value())
                    .orElseThrow(() -> new IllegalArgumentException(referrer.digest() + " is not there"));
            ImageManifest image = ImageManifest.of(manifest);
            other[0] = !image.artifactType().equals(SignatureTypes.BUNDLE);
            if (other[0] || image.layers().size() != 1) {
                throw new IllegalArgumentException(
                        "it has %d layers".formatted(image.layers().size()));
            }
            return checked(
                    Form.REFERRER,
                    subject,
                    Envelope.parseBundle(blob(image.layers().getFirst())));
        });
        return other[0] ? Optional.empty() : Optional.of(finding);
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

    private static Result result(List<VerificationKey> trusted, Function<VerificationKey, Boolean> verifies) {
        return trusted.stream()
                .filter(verifies::apply)
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

    private interface Check {
        Finding run();
    }

    /** An outage is the caller's; content that is missing, damaged or none is a finding. */
    private static Finding readable(Form form, String predicateType, Check check) {
        try {
            return check.run();
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.NOT_FOUND && e.kind() != StoreException.Kind.CORRUPT) {
                throw e;
            }
            return new Finding(form, predicateType, new Result.Unreadable(String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            return new Finding(form, predicateType, new Result.Unreadable(String.valueOf(e.getMessage())));
        }
    }
}
