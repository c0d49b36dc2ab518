package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.registry.RegistryClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack with a key of cosign's: what cosign says about what it publishes, on registries with and without referrers. */
class SigningIT {
    private static final String PASSWORD = "of a test";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path keys;

    private static Stack stack;
    private static DistributionRegistry other;

    @BeforeAll
    static void start() {
        Command generated = Command.run(
                keys,
                Map.of("COSIGN_PASSWORD", PASSWORD),
                LIMIT,
                List.of(Peers.require("cosign"), "generate-key-pair"));
        assertThat(generated.exitCode()).as(generated.printed()).isZero();
        stack = Stack.startWithKey(keys.resolve("cosign.key"), PASSWORD);
        other = DistributionRegistry.startOrEmbedded();
    }

    @AfterAll
    static void stop() {
        assumeTrue(stack != null, "skipped: the peer 'cosign' is not installed");
        other.close();
        stack.close();
    }

    @Test
    void cosignVerifiesIndexAndImagesOnEveryTarget() {
        String first = stack.registry() + "/team/signed:1";
        String second = other.address() + "/mirror/signed:1";

        build(first, second, "--sign");

        for (String target : List.of(first, second)) {
            List<String> parts = parts(target);
            assertThat(parts).hasSize(3);
            for (String part : parts) {
                for (String cosign : List.of("cosign", "cosign3")) {
                    Command verified = Command.run(
                            keys,
                            Map.of(),
                            LIMIT,
                            List.of(
                                    Peers.require(cosign),
                                    "verify",
                                    "--key",
                                    "cosign.pub",
                                    "--insecure-ignore-tlog=true",
                                    part));
                    assertThat(verified.exitCode()).as(verified.printed()).isZero();
                }
            }
            Command verified = stack.slipway("verify", target, "--key", key());
            assertThat(verified.exitCode()).as(verified.printed()).isZero();
        }
    }

    @Test
    void signsNothingUnasked() {
        String target = stack.registry() + "/team/unsigned:1";

        build(target, other.address() + "/mirror/unsigned:1");

        Command verified = stack.slipway("verify", target, "--key", key());
        assertThat(verified.exitCode()).as(verified.printed()).isEqualTo(5);
        assertThat(verified.err()).contains("index (", "linux/amd64 (", "is not signed");
    }

    @Test
    void signsAfterwardsAndOnce() {
        String target = other.address() + "/mirror/later:1";
        build(stack.registry() + "/team/later:1", target);
        String secret = keys.resolve("cosign.key").toString();

        Command signed = stack.slipway("sign", target, "--key", secret);
        Command again = stack.slipway("sign", target, "--key", secret);

        assertThat(signed.exitCode()).as(signed.printed()).isZero();
        assertThat(again.out().lines()).hasSize(3).allMatch(line -> line.endsWith("was signed already"));
        assertThat(stack.slipway("verify", target, "--key", key()).exitCode()).isZero();
    }

    private static void build(String first, String second, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "build",
                Contexts.HELLO.toString(),
                "-t",
                first,
                "-t",
                second,
                "--platform",
                "linux/amd64,linux/arm64"));
        words.addAll(List.of(more));
        Command build = stack.slipway(words.toArray(String[]::new));
        assertThat(build.exitCode()).as(build.printed()).isZero();
    }

    /** The index and its images, by digest. */
    private static List<String> parts(String target) {
        Reference reference = Reference.parse(target);
        try (RegistryClient client = new RegistryClient()) {
            ImageIndex index = ImageIndex.of(client.repository(reference.repository())
                    .manifest(reference.identifier())
                    .orElseThrow());
            List<String> parts = new ArrayList<>(List.of(reference.repository() + "@" + index.digest()));
            index.images().stream()
                    .map(Descriptor::digest)
                    .forEach(digest -> parts.add(reference.repository() + "@" + digest));
            return parts;
        }
    }

    private static String key() {
        return keys.resolve("cosign.pub").toString();
    }
}
