package dev.slipway.push.staging;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.StagedTarget;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetRegistries;
import dev.slipway.push.TargetRegistry;
import dev.slipway.push.TargetResult;
import dev.slipway.push.Traffic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A repository while it is staged: the tags that want it, what was found there, and what went wrong first. */
final class Target {
    private final TargetRegistry registry;
    private final List<Reference.Tagged> references;
    private final Clock clock;
    private final Instant started;
    private final Map<Reference.Tagged, Descriptor> present = new ConcurrentHashMap<>();
    private final Set<Digest> blobsThere = ConcurrentHashMap.newKeySet();
    private final Set<Digest> manifestsThere = ConcurrentHashMap.newKeySet();
    private volatile boolean digestWasPresent;
    private volatile @Nullable TargetFailure failure;
    private volatile Duration duration = Duration.ZERO;

    private Target(TargetRegistry registry, List<Reference.Tagged> references, Clock clock) {
        this.registry = registry;
        this.references = references;
        this.clock = clock;
        this.started = clock.instant();
    }

    static List<Target> of(PublishPlan plan, TargetRegistries registries, Clock clock) {
        Map<RepositoryName, List<Reference.Tagged>> byRepository = new LinkedHashMap<>();
        for (Reference.Tagged reference : plan.targets()) {
            byRepository
                    .computeIfAbsent(reference.repository(), name -> new ArrayList<>())
                    .add(reference);
        }
        return byRepository.entrySet().stream()
                .map(entry -> new Target(registries.open(entry.getKey()), List.copyOf(entry.getValue()), clock))
                .toList();
    }

    TargetRegistry registry() {
        return registry;
    }

    RepositoryName repository() {
        return registry.repository();
    }

    List<Reference.Tagged> references() {
        return references;
    }

    /** Does work for this target alone: what its registry refuses is its failure and nobody else's. */
    void attempt(Runnable work) {
        if (failure != null) {
            return;
        }
        try {
            work.run();
        } catch (StoreException e) {
            fail(TargetFailure.of(e));
        } finally {
            duration = Duration.between(started, clock.instant());
        }
    }

    synchronized void fail(TargetFailure cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** Names the reason behind a failure that shows here only as its consequence. */
    synchronized void blame(TargetFailure cause) {
        failure = cause;
    }

    boolean failed() {
        return failure != null;
    }

    Optional<TargetFailure> failure() {
        return Optional.ofNullable(failure);
    }

    void found(Reference.Tagged reference, Descriptor descriptor) {
        present.put(reference, descriptor);
    }

    void foundDigest() {
        digestWasPresent = true;
    }

    boolean digestWasPresent() {
        return digestWasPresent;
    }

    /** Whether every tag names the digest already. */
    boolean names(Digest digest) {
        return references.stream()
                .allMatch(reference -> Optional.ofNullable(present.get(reference))
                        .map(Descriptor::digest)
                        .filter(digest::equals)
                        .isPresent());
    }

    /** A blob was seen, sent or mounted just now. */
    void hasBlobNow(Digest blob) {
        blobsThere.add(blob);
    }

    boolean knownToHave(Digest blob) {
        return blobsThere.contains(blob);
    }

    /** A manifest below the index was seen just now. */
    void hasManifest(Digest manifest) {
        manifestsThere.add(manifest);
    }

    boolean knownToHaveManifest(Digest manifest) {
        return manifestsThere.contains(manifest);
    }

    List<StagedTarget> staged() {
        Traffic traffic = registry.traffic();
        return references.stream()
                .map(reference -> new StagedTarget(
                        reference,
                        reference.equals(references.getFirst()) ? traffic : Traffic.NONE,
                        duration,
                        digestWasPresent))
                .toList();
    }

    List<TargetResult> untouched() {
        Traffic traffic = registry.traffic();
        return references.stream()
                .map(reference -> {
                    Optional<Digest> digest =
                            Optional.ofNullable(present.get(reference)).map(Descriptor::digest);
                    return new TargetResult(
                            reference,
                            TargetResult.State.UNTOUCHED,
                            digest,
                            digest,
                            reference.equals(references.getFirst()) ? traffic : Traffic.NONE,
                            duration,
                            Optional.ofNullable(failure));
                })
                .toList();
    }
}
