package dev.slipway.push.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.PublishEvent;
import dev.slipway.events.PublishEvent.ImagePublishFailed;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.RequestEvent.CopyRequested;
import dev.slipway.events.Topic;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PlatformImage;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.StoreException;
import dev.slipway.push.Examples;
import dev.slipway.push.InMemoryRegistries;
import dev.slipway.push.InMemoryRegistries.Action;
import dev.slipway.push.InMemoryRegistries.Fault;
import dev.slipway.push.InMemoryRegistries.Verb;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What exists goes to other places, whole or for some platforms, everywhere or nowhere. */
final class CopyTest {
    private static final Reference.Tagged EAST = Reference.parseTagged("east.test/mirror/app:1");
    private static final Reference.Tagged WEST = Reference.parseTagged("west.test/mirror/app:1");

    private static final Fault WEST_REFUSES = new Fault() {
        @Override
        public void before(Action action) {
            if (action.is(Verb.TAG, WEST)) {
                throw InMemoryRegistries.failure(StoreException.Kind.UNAUTHORIZED, action);
            }
        }
    };

    @TempDir
    Path spool;

    private static String ask(World world, String... platforms) {
        return askFor(world, world.image.index().digest().value(), platforms);
    }

    private static String askFor(World world, String digest, String... platforms) {
        return world.ask(
                Examples.REQUESTED_AT,
                new CopyRequested(
                        "staging.test/slipway/staging@" + digest,
                        List.of(EAST.toString(), WEST.toString()),
                        List.of(platforms),
                        "ops@acme.example"));
    }

    @Test
    void publishesTheSameDigestEverywhere() {
        World world = new World(spool);
        String buildId = ask(world);

        world.run(Life.whole(), Fault.NONE);

        assertThat(world.outcome(buildId)).isInstanceOfSatisfying(ImagePublished.class, published -> {
            assertThat(published.images())
                    .extracting(PlatformImage::platform)
                    .containsExactly("linux/amd64", "linux/arm64");
            assertThat(published.requester()).isEqualTo("ops@acme.example");
        });
        assertNamed(world, world.image.index().digest());
    }

    @Test
    void makesASmallerIndexForSomePlatforms() {
        World world = new World(spool);
        String buildId = ask(world, "linux/arm64");

        world.run(Life.whole(), Fault.NONE);

        Digest arm = world.image.children().getLast().digest();
        assertThat(world.outcome(buildId)).isInstanceOfSatisfying(ImagePublished.class, published -> {
            assertThat(published.images()).extracting(PlatformImage::platform).containsExactly("linux/arm64");
            assertThat(published.images().getFirst().manifest().digest()).isEqualTo(arm.value());
            assertNamed(world, new Digest(published.index().digest()));
        });
        assertThat(world.registries.hasManifest(WEST.repository(), arm)).isTrue();
        assertThat(world.registries.hasManifest(
                        WEST.repository(), world.image.children().getFirst().digest()))
                .as("the image of the other platform stays where it is")
                .isFalse();
    }

    @Test
    void namesThePlatformsThatThereAre() {
        World world = new World(spool);

        assertRefused(world, ask(world, "linux/arm64", "linux/s390x"), "no image for linux/s390x", "linux/amd64");
    }

    @Test
    void refusesWhatIsNotThere() {
        World world = new World(spool);

        assertRefused(world, askFor(world, "sha256:" + "0".repeat(64)), "is not there");
    }

    private static void assertRefused(World world, String buildId, String... why) {
        world.run(Life.whole(), Fault.NONE);

        assertThat(world.outcome(buildId))
                .isInstanceOfSatisfying(
                        ImagePublishFailed.class,
                        failed -> assertThat(failed.failures()).singleElement().satisfies(failure -> {
                            assertThat(failure.code()).isEqualTo(FailureCode.IMAGE_NOT_FOUND);
                            assertThat(failure.message()).contains(why);
                        }));
    }

    @Test
    void endsWhollyWhereverItIsKilled() {
        for (Fault sky : List.of(Fault.NONE, WEST_REFUSES)) {
            int kill = 1;
            for (boolean killed = true; killed; kill++) {
                World world = new World(spool);
                world.run(Life.whole(), Fault.NONE);
                String buildId = ask(world, "linux/arm64");

                killed = world.run(Life.until(kill), sky).isOver();
                world.run(Life.whole(), sky);

                PublishEvent outcome = world.outcome(buildId);
                switch (outcome) {
                    case ImagePublished published -> {
                        assertThat(sky).as("killed after effect %d", kill).isEqualTo(Fault.NONE);
                        assertNamed(world, new Digest(published.index().digest()));
                    }
                    default -> {
                        assertThat(sky).as("killed after effect %d", kill).isEqualTo(WEST_REFUSES);
                        assertThat(List.of(EAST, WEST))
                                .allSatisfy(tag ->
                                        assertThat(world.registries.named(tag)).isEmpty());
                    }
                }
                assertThat(world.registries.sentInVain()).isEmpty();
                assertThat(world.topics.of(Topic.PUBLISH_JOURNAL)).hasSizeLessThan(3);
            }
            assertThat(kill).as("effects that were tried").isGreaterThan(10);
        }
    }

    private static void assertNamed(World world, Digest digest) {
        assertThat(List.of(EAST, WEST))
                .allSatisfy(tag -> assertThat(world.registries.named(tag)).contains(digest));
    }
}
