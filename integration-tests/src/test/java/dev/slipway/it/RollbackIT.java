package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tag on two registries names again what it named before; what it never named is refused. */
class RollbackIT {
    @TempDir
    Path temp;

    @Test
    void bothRegistriesNameTheEarlierImageAgain() throws Exception {
        try (Stack stack = Stack.start();
                EmbeddedRegistry other = EmbeddedRegistry.startTemporary()) {
            String first = stack.registry() + "/team/app:live";
            String second = other.address() + "/team/app:live";
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
