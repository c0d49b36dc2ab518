package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.EventType;
import dev.slipway.local.faults.FaultyRegistry;
import dev.slipway.local.faults.Hold;
import dev.slipway.local.faults.Occasion;
import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** push-service is killed when one of two tags has moved and the other has not. */
class PublishKillIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    Path temp;

    @Test
    void aKillBetweenTwoTagMovesEndsFullyPublished() throws InterruptedException {
        try (Stack stack = Stack.start();
                EmbeddedRegistry second = EmbeddedRegistry.startTemporary();
                FaultyRegistry faulty = FaultyRegistry.before(second.address())) {
            Hold hold = new Hold();
            faulty.on(Occasion.each("PUT", "/v2/team/app/manifests/2"), hold);
            String first = stack.registry() + "/team/app:2";
            String held = faulty.address() + "/team/app:2";
            Command pattern = stack.slipway(
                    "build",
                    Contexts.random(temp, 5, 1).toString(),
                    "-t",
                    stack.registry() + "/team/app:1",
                    "--platform",
                    "linux/amd64,linux/arm64");
            assertThat(pattern.exitCode()).as(pattern.printed()).isZero();
            Request request =
                    Requested.like(stack, pattern, "killed-between", Instant.now(), Optional.empty(), first, held);

            request.send(stack.bootstrapServers());
            assertThat(hold.reachedWithin(LIMIT))
                    .as("the second tag is about to move")
                    .isTrue();
            Eventually.get(LIMIT, () -> digest(first), Optional::isPresent);
            assertThat(digest(second.address() + "/team/app:2"))
                    .as("the second tag has not moved")
                    .isEmpty();
            stack.kill("push-service");
            hold.release();
            stack.up();

            List<BuildLog.Entry> entries = stack.log().awaitEnd(request.buildId(), LIMIT);
            assertThat(BuildLog.terminalIds(entries)).hasSize(1);
            assertThat(entries).extracting(BuildLog.Entry::type).contains(EventType.IMAGE_PUBLISHED);
            assertThat(digest(held)).isPresent().isEqualTo(digest(first));
        }
    }

    private static Optional<String> digest(String reference) {
        Reference parsed = Reference.parse(reference);
        try (RegistryClient client =
                new RegistryClient(RegistryOptions.builder().build())) {
            return client.repository(parsed.repository())
                    .resolve(parsed.identifier())
                    .map(descriptor -> descriptor.digest().value());
        }
    }
}
