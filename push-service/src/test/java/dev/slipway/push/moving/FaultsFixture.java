package dev.slipway.push.moving;

import dev.slipway.local.faults.FaultyRegistry;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import dev.slipway.oci.registry.RegistryRepository;
import dev.slipway.push.InMemoryStaging;
import dev.slipway.push.Manifests;
import dev.slipway.push.PublishOutcome;
import dev.slipway.push.PublishPlan;
import dev.slipway.push.PublishPolicy;
import dev.slipway.push.TestImage;
import dev.slipway.push.registry.OciRegistries;
import dev.slipway.push.source.StagingArea;
import dev.slipway.push.staging.StageImage;
import dev.slipway.push.staging.StagingOutcome;
import dev.slipway.push.staging.VerifyLimits;
import dev.slipway.push.work.Parallel;
import dev.slipway.push.work.Pauses;
import dev.slipway.push.work.Steps;
import dev.slipway.push.work.Work;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Three targets that can fail, all before one registry, and the whole publish over them. */
final class FaultsFixture implements AutoCloseable {
    static final int CHUNK = 1024 * 1024;

    private final String registry;
    private final Path spool;
    private final RegistryClient client =
            new RegistryClient(RegistryOptions.builder().chunkSize(CHUNK).build());
    private final String unique = UUID.randomUUID().toString();
    private final Work work =
            new Work(new Parallel(Thread.ofVirtual().factory()), Pauses.waiting(), Steps.UNWATCHED, Clock.systemUTC());
    final List<FaultyRegistry> targets;
    final InMemoryStaging staging = new InMemoryStaging();
    final InMemoryLog log = new InMemoryLog();
    final TestImage old = TestImage.in(staging, "old", 10);

    FaultsFixture(String registry, Path spool) {
        this.registry = registry;
        this.spool = spool;
        this.targets =
                Stream.generate(() -> FaultyRegistry.before(registry)).limit(3).toList();
    }

    Reference.Tagged reference(int target) {
        return Reference.parseTagged("%s/%s/%d:1".formatted(targets.get(target).address(), unique, target));
    }

    /** Path of what a target's tag names. */
    String tagPath(int target) {
        return "/v2/%s/%d/manifests/1".formatted(unique, target);
    }

    PublishOutcome publish(TestImage image) {
        return publish(image, reference(0), reference(1), reference(2));
    }

    PublishOutcome publish(TestImage image, Reference.Tagged... references) {
        PublishPlan plan = new PublishPlan(
                image.index().digest().hex(),
                Instant.now(),
                image.index().descriptor(),
                List.of(),
                List.of(),
                List.of(references),
                PublishPolicy.ALL);
        OciRegistries registries = new OciRegistries(client, 16, 4, work.pauses(), Set.of());
        Manifests manifests = new Manifests(staging, 1 << 20);
        RepositoryName name = new RepositoryName("staging.test", "slipway/staging");
        StageImage stage = new StageImage(
                new StagingArea(staging, name, manifests, spool, 4), registries, VerifyLimits.DEFAULT, work);
        return switch (stage.stage(plan)) {
            case StagingOutcome.NotStaged none -> none.outcome();
            case StagingOutcome.Staged staged -> {
                TagMove move = new TagMove(plan, staged.targets(), staged.leftOut());
                PublishOutcome outcome = new PublishImage(
                                log, log, registries, manifests, Set.of(), MoveLimits.DEFAULT, work)
                        .publish(move);
                log.record(plan, outcome);
                yield outcome;
            }
        };
    }

    /** What the registry itself says that a target's tag names. */
    Optional<Digest> named(int target) {
        return behind(target).resolve("1").map(descriptor -> descriptor.digest());
    }

    boolean allName(Manifest manifest) {
        return Stream.of(0, 1, 2).allMatch(target -> named(target).equals(Optional.of(manifest.digest())));
    }

    /** Somebody else moves a target's tag. */
    Digest moveByOthers(int target) {
        Manifest other = ImageIndex.of(List.of()).manifest();
        behind(target).tag(other, "1");
        return other.digest();
    }

    RegistryRepository behind(int target) {
        return client.repository(new RepositoryName(registry, unique + "/" + target));
    }

    /** An image of one platform with one layer of a size. */
    TestImage withLayer(String name, int size) {
        return TestImage.in(staging, name, size);
    }

    /** Bytes of blobs that a target took from the client, those of requests that failed too. */
    long sent(int target) {
        return targets.get(target).seen("PATCH|PUT", ".*/blobs/uploads/.*").stream()
                .mapToLong(request -> request.bodyBytes())
                .sum();
    }

    static long size(TestImage image) {
        return Stream.concat(image.layers().stream(), image.configs().stream())
                .mapToLong(descriptor -> descriptor.size())
                .sum();
    }

    @Override
    public void close() {
        client.close();
        targets.forEach(FaultyRegistry::close);
    }
}
