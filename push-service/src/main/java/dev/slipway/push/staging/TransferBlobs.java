package dev.slipway.push.staging;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ContentStore;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.source.StagingArea;
import dev.slipway.push.work.Parallel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Brings blobs to the targets that lack them. Each is read from staging once at most; where staging or another target is on
 * the same registry, the registry takes the blob over and nothing is sent.
 */
final class TransferBlobs {
    /** Up to this size a blob is held in memory. */
    private static final long SMALL = 64 * 1024;

    /** Up to this size a blob for one registry goes right through: so much is read again where a chunk has to be sent again. */
    private static final long DIRECT = 256 * 1024 * 1024;

    private final ContentStore staging;
    private final RepositoryName stagingName;
    private final Parallel parallel;
    private final Path spoolDirectory;
    private final Semaphore large;

    TransferBlobs(StagingArea area, Parallel parallel) {
        this.staging = area.store();
        this.stagingName = area.name();
        this.parallel = parallel;
        this.spoolDirectory = area.spoolDirectory();
        this.large = new Semaphore(area.largeBlobsAtOnce(), true);
    }

    /** Blobs with the largest first, since they take longest. What fails on a target is noted there. */
    void transfer(Collection<Descriptor> blobs, List<Target> targets) {
        List<Descriptor> largestFirst = blobs.stream()
                .sorted((a, b) -> Long.compare(b.size(), a.size()))
                .toList();
        parallel.forEach(largestFirst, blob -> transfer(blob, targets));
    }

    private void transfer(Descriptor blob, List<Target> targets) {
        Map<String, List<Target>> lacking = new LinkedHashMap<>();
        Map<String, RepositoryName> donors = new LinkedHashMap<>();
        donors.put(stagingName.registry(), stagingName);
        parallel.forEach(targets, target -> target.attempt(() -> lookFor(blob, target)));
        for (Target target : targets) {
            String registry = target.repository().registry();
            if (target.failed()) {
                continue;
            }
            if (target.knownToHave(blob.digest())) {
                donors.putIfAbsent(registry, target.repository());
            } else {
                lacking.computeIfAbsent(registry, name -> new ArrayList<>()).add(target);
            }
        }
        if (lacking.isEmpty()) {
            return;
        }
        List<Group> groups = lacking.entrySet().stream()
                .map(entry -> new Group(entry.getValue(), donors.get(entry.getKey())))
                .toList();
        parallel.forEach(groups, group -> group.mountAll(blob));
        List<Group> toSend = groups.stream().filter(Group::wantsBytes).toList();
        if (!toSend.isEmpty()) {
            send(blob, toSend);
        }
    }

    private static void lookFor(Descriptor blob, Target target) {
        if (target.registry().hasBlob(blob.digest())) {
            target.hasBlobNow(blob.digest());
        }
    }

    private void send(Descriptor blob, List<Group> groups) {
        if (blob.size() <= SMALL) {
            sendSmall(blob, groups);
            return;
        }
        large.acquireUninterruptibly();
        try {
            if (groups.size() == 1 && blob.size() <= DIRECT) {
                pass(blob, groups.getFirst());
            } else {
                spool(blob, groups);
            }
        } finally {
            large.release();
        }
    }

    private void sendSmall(Descriptor blob, List<Group> groups) {
        byte[] content;
        try {
            content = staging.blob(blob);
        } catch (StoreException e) {
            groups.forEach(group -> group.fail(TargetFailure.of(e)));
            return;
        }
        parallel.forEach(groups, group -> group.send(blob, BlobSource.of(content)));
    }

    private void pass(Descriptor blob, Group group) {
        try (PassingBlob passing = new PassingBlob(blob, () -> staging.openBlob(blob))) {
            group.send(blob, passing);
            passing.failure().ifPresent(unread -> group.blame(TargetFailure.of(unread)));
        }
    }

    private void spool(Descriptor blob, List<Group> groups) {
        try (Spool spool = new Spool(spoolDirectory)) {
            TargetFailure unread = parallel.alongside(
                            () -> new Filled(fill(spool, blob)), () -> follow(spool, blob, groups))
                    .failure();
            if (unread != null) {
                groups.forEach(group -> group.blame(unread));
            }
        }
    }

    private void follow(Spool spool, Descriptor blob, List<Group> groups) {
        try {
            parallel.forEach(groups, group -> group.send(blob, spool));
        } finally {
            spool.stop();
        }
    }

    private record Filled(@Nullable TargetFailure failure) {}

    private @Nullable TargetFailure fill(Spool spool, Descriptor blob) {
        try {
            spool.fill(() -> staging.openBlob(blob));
            return null;
        } catch (StoreException e) {
            return TargetFailure.of(e);
        } catch (IOException e) {
            return new TargetFailure(
                    TargetFailure.Reason.REGISTRY_UNAVAILABLE,
                    "blob %s could not be read from %s: %s"
                            .formatted(blob.digest(), staging.location(), e.getMessage()),
                    staging.location(),
                    true);
        }
    }

    /** The targets on one registry that lack a blob, and a repository of that registry that has it. */
    private static final class Group {
        private final List<Target> targets;
        private @Nullable RepositoryName donor;

        Group(List<Target> targets, @Nullable RepositoryName donor) {
            this.targets = targets;
            this.donor = donor;
        }

        boolean wantsBytes() {
            return targets.stream().anyMatch(target -> !target.failed());
        }

        void mountAll(Descriptor blob) {
            RepositoryName from = donor;
            if (from == null) {
                return;
            }
            targets.forEach(target -> target.attempt(() -> {
                if (target.registry().mountBlob(blob, from)) {
                    target.hasBlobNow(blob.digest());
                }
            }));
            targets.removeIf(target -> target.knownToHave(blob.digest()));
        }

        void send(Descriptor blob, BlobSource content) {
            for (Target target : targets) {
                target.attempt(() -> {
                    RepositoryName from = donor;
                    if (from == null || !target.registry().mountBlob(blob, from)) {
                        target.registry().putBlob(blob, content);
                    }
                    target.hasBlobNow(blob.digest());
                    donor = target.repository();
                });
            }
        }

        void fail(TargetFailure cause) {
            targets.forEach(target -> target.fail(cause));
        }

        /** The source failed, so what the target says of its upload is not the reason. */
        void blame(TargetFailure cause) {
            targets.forEach(target -> target.blame(cause));
        }
    }
}
