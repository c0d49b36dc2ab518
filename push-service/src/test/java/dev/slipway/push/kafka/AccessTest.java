package dev.slipway.push.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.AccessEvent;
import dev.slipway.events.AccessEvent.AccessDecided;
import dev.slipway.events.EventIds;
import dev.slipway.events.PublishEvent.ImagePublishFailed;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.PublishEvent.ImageRolledBack;
import dev.slipway.events.RequestEvent.CopyRequested;
import dev.slipway.events.Topic;
import dev.slipway.events.model.AccessCheck;
import dev.slipway.events.model.AccessDecision;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.TagMovePurpose;
import dev.slipway.oci.Digest;
import dev.slipway.push.Examples;
import dev.slipway.push.InMemoryRegistries.Action;
import dev.slipway.push.InMemoryRegistries.Fault;
import dev.slipway.push.access.AccessRules;
import dev.slipway.push.access.AccessRules.Rights;
import dev.slipway.push.access.TagPattern;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tenant may not move does not move, and every decision is said. */
final class AccessTest {
    private static final String BUILD = EventIds.buildId("/test", "1");
    private static final String EVERYTHING = "**";

    @TempDir
    Path spool;

    private static Optional<AccessRules> rules(List<String> publish, List<String> rollBack) {
        return Optional.of(new AccessRules(
                Map.of("default", new Rights(patterns(publish), patterns(rollBack))),
                Digest.of((publish + "/" + rollBack).getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    private static List<TagPattern> patterns(List<String> texts) {
        return texts.stream().map(TagPattern::new).toList();
    }

    private static List<AccessDecided> decisions(World world, String buildId) {
        return world.topics.of(Topic.ACCESS_DECIDED).stream()
                .map(record -> World.read(record, AccessEvent.class).event())
                .map(AccessDecided.class::cast)
                .filter(decided -> decided.buildId().equals(buildId))
                .toList();
    }

    private static void assertDenied(World world, String buildId, String message) {
        assertThat(world.outcome(buildId))
                .isInstanceOfSatisfying(
                        ImagePublishFailed.class,
                        failed -> assertThat(failed.failures()).singleElement().satisfies(failure -> {
                            assertThat(failure.code()).isEqualTo(FailureCode.ACCESS_DENIED);
                            assertThat(failure.message()).isEqualTo(message);
                            assertThat(failure.retryable()).isFalse();
                        }));
    }

    @Test
    void decidesNothingWithoutRules() {
        World world = new World(spool);

        world.run(Life.whole(), Fault.NONE);

        assertThat(world.outcome(BUILD)).isInstanceOf(ImagePublished.class);
        assertThat(world.topics.of(Topic.ACCESS_DECIDED)).isEmpty();
    }

    @Test
    void saysThatItAllowsThePublishTwice() {
        World world = new World(spool);
        world.rules = rules(List.of(EVERYTHING), List.of());

        world.run(Life.whole(), Fault.NONE);

        assertThat(world.outcome(BUILD)).isInstanceOf(ImagePublished.class);
        assertThat(decisions(world, BUILD))
                .extracting(AccessDecided::check)
                .containsExactly(AccessCheck.REQUEST, AccessCheck.COMMIT);
        assertThat(decisions(world, BUILD)).allSatisfy(decided -> {
            assertThat(decided.decision()).isEqualTo(AccessDecision.ALLOWED);
            assertThat(decided.denied()).isEmpty();
            assertThat(decided.tenant()).isEqualTo("default");
            assertThat(decided.references()).hasSameSizeAs(World.TAGS);
            assertThat(decided.rules())
                    .isEqualTo(world.rules.orElseThrow().digest().value());
        });
    }

    @Test
    void deniesTheWholeRequestForOneTagBeforeAnythingIsSent() {
        World world = new World(spool);
        world.rules = rules(List.of("a.test/**", "b.test/**"), List.of());

        world.run(Life.whole(), Fault.NONE);

        assertDenied(world, BUILD, "tenant 'default' may not publish c.test/app:1");
        assertThat(world.registries.actions()).isEmpty();
        assertThat(world.topics.of(Topic.TAG_MOVE_REQUESTED)).isEmpty();
        assertThat(decisions(world, BUILD)).singleElement().satisfies(decided -> {
            assertThat(decided.decision()).isEqualTo(AccessDecision.DENIED);
            assertThat(decided.denied()).containsExactly(World.LAST.toString());
        });
    }

    @Test
    void deniesBeforeTheCommitWhatIsNotAllowedAnyMore() {
        World world = new World(spool);
        world.rules = rules(List.of(EVERYTHING), List.of());
        AtomicBoolean taken = new AtomicBoolean();

        world.run(Life.whole(), new Fault() {
            @Override
            public void after(Action action) {
                if (!taken.getAndSet(true)) {
                    world.rules = rules(List.of("a.test/**"), List.of());
                }
            }
        });

        assertDenied(world, BUILD, "tenant 'default' may not publish b.test/app:1, c.test/app:1");
        assertThat(decisions(world, BUILD))
                .extracting(AccessDecided::check, AccessDecided::decision)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(AccessCheck.REQUEST, AccessDecision.ALLOWED),
                        org.assertj.core.groups.Tuple.tuple(AccessCheck.COMMIT, AccessDecision.DENIED));
        assertThat(World.TAGS)
                .allSatisfy(tag -> assertThat(world.registries.named(tag)).isEqualTo(world.digestBefore(tag)));
    }

    @Test
    void letsAPublishThatIsInTheJournalGoToItsEnd() {
        int finished = 0;
        for (int kill = 1; ; kill++) {
            World world = new World(spool);
            world.rules = rules(List.of(EVERYTHING), List.of());
            boolean killed = world.run(Life.until(kill), Fault.NONE).isOver();
            boolean prepared = !world.topics.of(Topic.PUBLISH_JOURNAL).isEmpty();
            if (!killed || !world.topics.of(Topic.IMAGE_PUBLISHED).isEmpty()) {
                break;
            }
            world.rules = rules(List.of(), List.of());

            world.run(Life.whole(), Fault.NONE);

            assertThat(world.outcome(BUILD))
                    .as("killed after effect " + kill)
                    .isInstanceOf(prepared ? ImagePublished.class : ImagePublishFailed.class);
            finished += prepared ? 1 : 0;
        }
        assertThat(finished).isGreaterThan(3);
    }

    @Test
    void asksForRollbacksByRightsOfTheirOwn() {
        World world = new World(spool);
        world.run(Life.whole(), Fault.NONE);
        world.rules = rules(List.of(EVERYTHING), List.of("b.test/**"));

        String denied = world.askToRollBack(Examples.REQUESTED_AT.plusSeconds(60), "previous");
        world.run(Life.whole(), Fault.NONE);

        assertDenied(world, denied, "tenant 'default' may not roll back c.test/app:1");
        assertThat(world.registries.named(World.OTHER))
                .contains(world.image.index().digest());

        world.rules = rules(List.of(), List.of("b.test/**", "c.test/app:1"));
        String allowed = world.askToRollBack(Examples.REQUESTED_AT.plusSeconds(61), "previous");
        world.run(Life.whole(), Fault.NONE);

        assertThat(world.outcome(allowed)).isInstanceOf(ImageRolledBack.class);
        assertThat(Stream.of(denied, allowed).flatMap(buildId -> decisions(world, buildId).stream()))
                .hasSize(3)
                .allSatisfy(decided -> {
                    assertThat(decided.purpose()).isEqualTo(TagMovePurpose.ROLLBACK);
                    assertThat(decided.requester()).isEqualTo("ops@acme.example");
                });
    }

    @Test
    void deniesACopyBeforeItsSourceIsRead() {
        World world = new World(spool);
        world.rules = rules(List.of("a.test/**", "b.test/**", "c.test/**"), List.of());
        String buildId = world.ask(
                Examples.REQUESTED_AT,
                new CopyRequested("nowhere.test/app:1", List.of("east.test/app:1"), List.of(), "ops@acme.example"));

        world.run(Life.whole(), Fault.NONE);

        assertDenied(world, buildId, "tenant 'default' may not publish east.test/app:1");
        assertThat(world.registries.actions())
                .noneMatch(action -> action.repository().registry().equals("nowhere.test"));
    }
}
