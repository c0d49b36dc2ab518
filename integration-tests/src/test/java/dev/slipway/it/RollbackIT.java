package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.faults.FaultyRegistry;
import dev.slipway.local.faults.Hold;
import dev.slipway.local.faults.Occasion;
import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tag on two registries goes back and forth between what it has named, also when push-service is killed in between. */
class RollbackIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path temp;

    @Test
    void bothRegistriesNameTheEarlierImageAgain() throws Exception {
        try (Stack stack = Stack.start();
                EmbeddedRegistry other = EmbeddedRegistry.startTemporary();
                FaultyRegistry faulty = FaultyRegistry.before(other.address())) {
            String first = stack.registry() + "/team/app:live";
            String second = faulty.address() + "/team/app:live";
            String one = publish(stack, 1, first, second);
            String two = publish(stack, 2, first, second);
            assertThat(one).isNotEqualTo(two);

            Command back = stack.slipway("rollback", second);

            assertThat(back.exitCode()).as(back.printed()).isZero();
            assertThat(back.out()).contains(one, first, second);
            assertThat(List.of(digest(first), digest(second))).containsOnly(one);
            Command history = stack.slipway("history", first);
            assertThat(history.out().lines().skip(1))
                    .satisfiesExactly(
                            line -> assertThat(line).containsSubsequence("published", one),
                            line -> assertThat(line).containsSubsequence("published", two, one),
                            line -> assertThat(line)
                                    .containsSubsequence("rolled back", one, two, System.getProperty("user.name")));

            Command unknown = stack.slipway("rollback", first, "--to", "sha256:" + "0".repeat(64));

            assertThat(unknown.exitCode()).as(unknown.printed()).isEqualTo(1);
            assertThat(unknown.err()).contains("NO_EARLIER_IMAGE", first + " has never named sha256:000");

            Hold hold = new Hold();
            faulty.on(Occasion.each("PUT", "/v2/team/app/manifests/live"), hold);
            CompletableFuture<Command> forward =
                    CompletableFuture.supplyAsync(() -> stack.slipway("rollback", first, "--to", two));
            assertThat(hold.reachedWithin(LIMIT))
                    .as("the second tag is about to move")
                    .isTrue();
            Eventually.get(LIMIT, () -> digest(first), two::equals);
            assertThat(digest(other.address() + "/team/app:live"))
                    .as("the second tag has not moved")
                    .isEqualTo(one);
            stack.kill("push-service");
            hold.release();
            stack.up();

            Command ended = forward.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(ended.exitCode()).as(ended.printed()).isZero();
            assertThat(List.of(digest(first), digest(second))).containsOnly(two);
        }
    }

    private String publish(Stack stack, int seed, String... tags) {
        Path context = Contexts.random(temp.resolve("context-" + seed), seed, 1);
        Command build = stack.slipway(
                "build", context.toString(), "-t", tags[0], "-t", tags[1], "--platform", "linux/amd64,linux/arm64");
        assertThat(build.exitCode()).as(build.printed()).isZero();
        return digest(tags[0]);
    }

    private static String digest(String reference) {
        Reference parsed = Reference.parse(reference);
        try (RegistryClient client =
                new RegistryClient(RegistryOptions.builder().build())) {
            return client.repository(parsed.repository())
                    .resolve(parsed.identifier())
                    .orElseThrow()
                    .digest()
                    .value();
        }
    }
}
