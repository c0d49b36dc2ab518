package dev.slipway.push.moving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.faults.Fault;
import dev.slipway.local.faults.Faults;
import dev.slipway.local.faults.FaultyRegistry;
import dev.slipway.local.faults.ImmutableTags;
import dev.slipway.local.faults.LaggingReads;
import dev.slipway.local.faults.Occasion;
import dev.slipway.local.faults.Seen;
import dev.slipway.local.faults.TokenGate;
import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.contract.DockerRegistry;
import dev.slipway.push.PublishOutcome;
import dev.slipway.push.TargetFailure;
import dev.slipway.push.TargetResult;
import dev.slipway.push.TestImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The faults that a publish must survive, between it and a real CNCF Distribution. */
final class PublishFaultsTest {
    private static final int MEGABYTE = 1024 * 1024;
    private static final int LONGEST_CONFIG = 10_000;
    private static DockerRegistry docker;

    @TempDir
    Path spool;

    private FaultsFixture world;
    private TestImage fresh;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        docker = DockerRegistry.startOrSkip(directory);
    }

    @AfterAll
    static void stop() {
        if (docker != null) {
            docker.close();
        }
    }

    @BeforeEach
    void set() {
        world = new FaultsFixture(docker.name(), spool);
        fresh = world.withLayer("new", 10);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void putsTwoBackWhenTheThirdRefuses() {
        assertPublished(world.publish(world.old));
        fault(2, Occasion.each("PUT", world.tagPath(2)), Faults.refuse(403, "DENIED"));

        assertFailed(world.publish(fresh), TargetFailure.Reason.REGISTRY_UNAUTHORIZED);

        assertThat(world.allName(world.old.index())).isTrue();
        assertThat(world.targets.get(0).seen("PUT", world.tagPath(0)))
                .as("old, new, old")
                .hasSize(3);
    }

    @Test
    void sendsNoByteTwiceWhenATokenExpiresInsideAChunk() {
        TestImage large = world.withLayer("large", 3 * MEGABYTE);
        TokenGate tokens = new TokenGate(Duration.ofMinutes(5));
        fault(0, Occasion.each(".*", ".*"), tokens);
        fault(0, Occasion.each("PATCH", ".*").after(1).times(1), tokens.expiry());

        assertPublished(world.publish(large, world.reference(0)));

        List<Seen> ofLayers = world.targets.get(0).seen("PATCH|PUT", ".*/blobs/uploads/.*").stream()
                .filter(request -> request.bodyBytes() > LONGEST_CONFIG)
                .toList();
        assertThat(tokens.refused())
                .as("requests, of which the first finds no token")
                .isGreaterThan(1);
        assertThat(tokens.issued()).isGreaterThan(1);
        assertThat(ofLayers.stream().mapToLong(Seen::bodyBytes).sum())
                .isEqualTo(large.layers().stream().mapToLong(Descriptor::size).sum());
        assertThat(ofLayers).noneMatch(request -> request.status().equals(Optional.of(401)));
    }

    @Test
    void leavesARegistryAloneForTheSecondsThatItAsksFor() {
        fault(0, Occasion.first("PUT", world.tagPath(0)), Faults.answer(429, "Retry-After", "2"));

        assertPublished(world.publish(fresh));

        List<Seen> puts = world.targets.get(0).seen("PUT", world.tagPath(0));
        assertThat(puts).hasSize(2);
        assertThat(Duration.between(puts.get(0).at(), puts.get(1).at())).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void leavesARegistryAloneUntilTheDateThatItNames() {
        Instant date = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(4);
        fault(
                0,
                Occasion.first("PUT", world.tagPath(0)),
                Faults.answer(
                        429,
                        "Retry-After",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC))));

        assertPublished(world.publish(fresh));

        List<Seen> puts = world.targets.get(0).seen("PUT", world.tagPath(0));
        assertThat(puts).hasSize(2);
        assertThat(puts.get(1).at()).isAfterOrEqualTo(date);
    }

    @Test
    void convergesWhenBlobsAreDeniedThatWereJustAccepted() {
        fault(0, Occasion.first("PUT", ".*/manifests/sha256:.*").times(2), Faults.refuse(404, "MANIFEST_BLOB_UNKNOWN"));
        fault(1, Occasion.first("PUT", world.tagPath(1)).times(2), Faults.refuse(400, "MANIFEST_BLOB_UNKNOWN"));

        assertPublished(world.publish(fresh));

        assertThat(world.allName(fresh.index())).isTrue();
    }

    @Test
    void takesASuccessWhoseAnswerWasLostForOne() {
        fault(0, Occasion.first("PUT", world.tagPath(0)), Faults.resetAfterActing());
        fault(1, Occasion.first("PUT", ".*/blobs/uploads/.*"), Faults.resetAfterActing());
        fault(2, Occasion.first("PUT", ".*/manifests/sha256:.*"), Faults.answerAfterActing(502));

        assertPublished(world.publish(fresh));

        assertThat(world.allName(fresh.index())).isTrue();
        assertThat(world.sent(1)).as("no blob twice").isEqualTo(FaultsFixture.size(fresh));
    }

    @Test
    void leavesATagThatOthersMovedBeforeTheCommit() {
        assertPublished(world.publish(world.old));
        Digest[] others = new Digest[1];
        world.log.aroundWrite(() -> {}, () -> others[0] = world.moveByOthers(1));

        assertFailed(world.publish(fresh), TargetFailure.Reason.TAG_MOVED_BY_OTHERS);

        assertThat(world.named(0)).contains(world.old.index().digest());
        assertThat(world.named(1)).contains(others[0]);
        assertThat(world.named(2)).contains(world.old.index().digest());
    }

    @Test
    void undoesNoTagThatOthersMovedMeanwhile() {
        assertPublished(world.publish(world.old));
        Digest[] others = new Digest[1];
        fault(2, Occasion.first("PUT", world.tagPath(2)), exchange -> {
            others[0] = awaitMoved(0);
            Faults.refuse(403, "DENIED").happen(exchange);
        });

        PublishOutcome outcome = world.publish(fresh);

        assertThat(state(outcome, 0)).isEqualTo(TargetResult.State.MOVED_BY_OTHERS);
        assertThat(world.named(0)).contains(others[0]);
        assertThat(world.named(1)).contains(world.old.index().digest());
    }

    @Test
    void movesNoTagWhenAChildCannotBeRead() {
        assertPublished(world.publish(world.old));
        String child = ".*/manifests/" + fresh.children().getFirst().digest();
        fault(1, Occasion.each("GET", child), Faults.answer(404));

        assertFailed(world.publish(fresh), TargetFailure.Reason.CHILD_MANIFEST_MISSING);

        assertThat(world.allName(world.old.index())).isTrue();
        assertThat(world.targets.get(0).seen("PUT", world.tagPath(0)))
                .as("the tag was never touched")
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void keepsEverythingWhenATagIsImmutable(ImmutableTags.Dialect dialect) {
        assertPublished(world.publish(world.old));
        fault(1, Occasion.each("PUT", ".*"), new ImmutableTags(dialect));

        assertPublished(world.publish(world.old));
        assertFailed(world.publish(fresh), TargetFailure.Reason.TAG_IMMUTABLE);

        assertThat(world.allName(world.old.index())).isTrue();
    }

    @Test
    void keepsEverythingWhenADiskIsFull() {
        assertPublished(world.publish(world.old));
        TestImage large = world.withLayer("large", 2 * MEGABYTE);
        fault(1, Occasion.each("PATCH|PUT", ".*/blobs/uploads/.*"), Faults.failAfter(300_000, 500));

        assertFailed(world.publish(large), TargetFailure.Reason.REGISTRY_UNAVAILABLE);

        assertThat(world.allName(world.old.index())).isTrue();
    }

    @Test
    void goesOnWhereALayerWasCut() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.startTemporary();
                FaultsFixture resuming = new FaultsFixture(registry.address(), spool)) {
            TestImage large = resuming.withLayer("large", 6 * MEGABYTE);
            FaultyRegistry target = resuming.targets.getFirst();
            target.on(Occasion.first("PATCH", ".*").after(9), Faults.cutRequestAfter(900_000));

            assertPublished(resuming.publish(large, resuming.reference(0)));

            assertThat(resuming.sent(0))
                    .as("what the registry got before the cut is not sent again")
                    .isEqualTo(FaultsFixture.size(large));
        }
    }

    /** It gives no way back into an upload whose last answer was lost (404 {@code BLOB_UPLOAD_INVALID}). */
    @Test
    void startsALayerAgainThatDistributionHasLost() {
        TestImage large = world.withLayer("large", 6 * MEGABYTE);
        fault(0, Occasion.first("PATCH", ".*").after(4), Faults.cutRequestAfter(900_000));

        assertPublished(world.publish(large));

        assertThat(world.allName(large.index())).isTrue();
    }

    @Test
    void waitsForReadsThatLagBehindWrites() {
        assertPublished(world.publish(world.old));
        fault(1, Occasion.each(".*", ".*"), new LaggingReads(3));

        assertPublished(world.publish(fresh));

        assertThat(world.allName(fresh.index())).isTrue();
    }

    @Test
    void believesNoRegistryThatNamesAnotherDigest() {
        assertPublished(world.publish(world.old));
        fault(1, Occasion.first("PUT", world.tagPath(1)), Faults.wrongDigest());

        PublishOutcome outcome = world.publish(fresh);

        boolean all = world.allName(fresh.index());
        assertThat(all || world.allName(world.old.index())).isTrue();
        assertThat(outcome instanceof PublishOutcome.Published).isEqualTo(all);
    }

    @Test
    void sendsCorruptedContentAgain() {
        TestImage large = world.withLayer("large", 700_000);
        fault(0, Occasion.first("PUT", ".*/blobs/uploads/.*"), Faults.corruptRequestAt(5));
        fault(1, Occasion.first("GET", ".*/manifests/.*"), Faults.truncateAnswerAfter(20));

        assertPublished(world.publish(large));

        assertThat(world.allName(large.index())).isTrue();
    }

    private Digest awaitMoved(int target) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!world.named(target).equals(Optional.of(fresh.index().digest()))) {
            if (System.nanoTime() > end) {
                throw new IOException("the tag was not moved");
            }
        }
        return world.moveByOthers(target);
    }

    private void fault(int target, Occasion occasion, Fault fault) {
        FaultyRegistry registry = world.targets.get(target);
        assertThat(registry.on(occasion, fault)).isSameAs(registry);
    }

    private static TargetResult.State state(PublishOutcome outcome, int target) {
        return outcome.targets().get(target).state();
    }

    private static void assertPublished(PublishOutcome outcome) {
        assertThat(outcome).isInstanceOf(PublishOutcome.Published.class);
    }

    private static void assertFailed(PublishOutcome outcome, TargetFailure.Reason reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PublishOutcome.Failed.class,
                        failed -> assertThat(failed.failures())
                                .extracting(TargetFailure::reason)
                                .contains(reason));
    }
}
