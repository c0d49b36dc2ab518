package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.events.EventType;
import dev.slipway.events.Topic;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others say about a signed index on three registries, what an assembly that comes again adds, and indexes changed on request. */
class SignedIndexIT {
    private static final String PASSWORD = "of a test";
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final List<String> PLATFORMS = List.of("linux/amd64", "linux/arm64", "linux/riscv64");

    @TempDir
    private static Path keys;

    private static Stack stack;
    private static DistributionRegistry distribution;
    private static DistributionRegistry crane;
    private static Command built;

    @BeforeAll
    static void buildSigned() {
        Command generated = run(Map.of("COSIGN_PASSWORD", PASSWORD), Peers.require("cosign"), "generate-key-pair");
        assertThat(generated.exitCode()).as(generated.printed()).isZero();
        crane = DistributionRegistry.startCrane();
        distribution = DistributionRegistry.startOrEmbedded();
        stack = Stack.startWithKey(keys.resolve("cosign.key"), PASSWORD);
        List<String> words = new ArrayList<>(List.of("build", Contexts.HELLO.toString()));
        targets("signed:1").forEach(target -> words.addAll(List.of("-t", target)));
        words.addAll(List.of("--platform", String.join(",", PLATFORMS), "--sign"));
        built = stack.slipway(words.toArray(String[]::new));
        assertThat(built.exitCode()).as(built.printed()).isZero();
    }

    @AfterAll
    static void stop() {
        assumeTrue(stack != null, "skipped: the peers 'cosign' and 'crane' are not installed");
        crane.close();
        distribution.close();
        stack.close();
    }

    private static List<String> targets(String name) {
        return List.of(
                stack.registry() + "/team/" + name,
                distribution.address() + "/mirror/" + name,
                crane.address() + "/third/" + name);
    }

    @Test
    void bothCosignsVerifyIndexAndImagesOnEveryRegistry() {
        targets("signed:1").forEach(target -> assertVerified(target, 1 + PLATFORMS.size()));
    }

    @Test
    void craneFindsItWholeAndOrasTheSignatures() {
        for (String target : targets("signed:1")) {
            Command valid = run(Map.of(), Peers.require("crane"), "validate", "--insecure", "--remote", target);
            assertThat(valid.exitCode()).as(valid.printed()).isZero();
            Command found =
                    run(Map.of(), Peers.require("oras"), "discover", "--plain-http", "--format", "json", target);
            assertThat(found.out()).as(found.printed()).contains("application/vnd.dev.sigstore.bundle.v0.3+json");
        }
    }

    @Test
    void dockerPullsEveryPlatform() {
        String docker = Peers.require("docker");
        assumeTrue(
                run(Map.of(), docker, "info").exitCode() == 0,
                "skipped: no Docker engine answers (tools/peers docker starts one)");
        for (String target : targets("signed:1")) {
            for (String platform : PLATFORMS) {
                Command pulled = run(Map.of(), docker, "pull", "--platform", platform, target);
                assertThat(pulled.exitCode()).as(pulled.printed()).isZero();
                Command seen =
                        run(Map.of(), docker, "image", "inspect", "--format", "{{.Os}}/{{.Architecture}}", target);
                assertThat(seen.out().strip()).isEqualTo(platform);
            }
            run(Map.of(), docker, "image", "rm", target);
        }
    }

    @Test
    void anAssemblyThatComesAgainAddsNoSignature() {
        Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String target = distribution.address() + "/mirror/again:1";
        Request request = Requested.like(stack, built, "again", time, Optional.empty(), target);
        request.send(stack.bootstrapServers());
        assertThat(types(stack.log().awaitEnd(request.buildId(), LIMIT))).contains(EventType.IMAGE_PUBLISHED);
        List<String> before = everything(target);

        stack.kill("manifest-service"); // whose memory would drop the second one
        stack.kill("push-service");
        stack.up();
        Repeated.record(stack.bootstrapServers(), Topic.IMAGE_ASSEMBLY_READY, request.buildId());
        stack.log()
                .await(
                        request.buildId(),
                        LIMIT,
                        entries -> entries.stream()
                                        .filter(entry -> entry.type() == EventType.IMAGE_PUBLISHED)
                                        .count()
                                >= 2);

        assertThat(everything(target)).isEqualTo(before);
        assertThat(BuildLog.terminalIds(stack.log().awaitEnd(request.buildId(), LIMIT)))
                .hasSize(1);
    }

    @Test
    void changesAnIndexForAllTargetsAndSignsIt() {
        List<String> targets = targets("changed:1");
        String source = targets("signed:1").getFirst();

        Command removed = change("remove", source, targets, "--platform", "linux/riscv64");
        assertThat(removed.exitCode()).as(removed.printed()).isZero();

        for (String target : targets) {
            assertThat(platforms(target)).containsExactly("linux/amd64", "linux/arm64");
            assertVerified(target, 3);
            assertThat(digest(target)).isEqualTo(digest(targets.getFirst()));
        }
        Command appended = change(
                "append", targets.get(1), List.of(targets.get(1).replace(":1", ":2")), "--image", child(source, 2));
        assertThat(appended.exitCode()).as(appended.printed()).isZero();
        String whole = targets.get(1).replace(":1", ":2");
        assertThat(platforms(whole)).containsExactlyElementsOf(PLATFORMS);
        assertThat(digest(whole)).as("as the build made it").isEqualTo(digest(source));
        assertVerified(whole, 4);
    }

    @Test
    void saysWhatStandsInTheWayOfAChange() {
        String source = targets("signed:1").getFirst();

        Command failed = change("remove", source, List.of(source), "--platform", "linux/s390x");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err()).contains("REQUEST_INVALID", "there is no image for linux/s390x");
    }

    private static Command change(String action, String source, List<String> targets, String... more) {
        List<String> words = new ArrayList<>(List.of("index", action, source, "--publish", "--sign"));
        words.addAll(List.of(more));
        targets.forEach(target -> words.addAll(List.of("-t", target)));
        return stack.slipway(words.toArray(String[]::new));
    }

    private static void assertVerified(String target, int count) {
        List<String> parts = parts(target);
        assertThat(parts).hasSize(count);
        for (String part : parts) {
            for (String cosign : List.of("cosign", "cosign3")) {
                Command verified = run(
                        Map.of(),
                        Peers.require(cosign),
                        "verify",
                        "--key",
                        "cosign.pub",
                        "--insecure-ignore-tlog=true",
                        part);
                assertThat(verified.exitCode()).as(part + verified.printed()).isZero();
            }
        }
    }

    private static List<EventType> types(List<BuildLog.Entry> entries) {
        return entries.stream().map(BuildLog.Entry::type).toList();
    }

    private static Command run(Map<String, String> environment, String... words) {
        return Command.run(keys, environment, LIMIT, List.of(words));
    }

    private static List<String> parts(String target) {
        String repository = Reference.parse(target).repository().toString();
        ImageIndex index = index(target);
        List<String> parts = new ArrayList<>(List.of(repository + "@" + index.digest()));
        index.images().forEach(image -> parts.add(repository + "@" + image.digest()));
        return parts;
    }

    private static String child(String target, int position) {
        return parts(target).get(1 + position);
    }

    private static String digest(String target) {
        return index(target).digest().value();
    }

    private static List<String> platforms(String target) {
        return index(target).images().stream()
                .flatMap(image -> image.optionalPlatform().stream())
                .map(Platform::name)
                .toList();
    }

    private static ImageIndex index(String target) {
        Reference reference = Reference.parse(target);
        try (RegistryClient client = new RegistryClient()) {
            return ImageIndex.of(client.repository(reference.repository())
                    .manifest(reference.identifier())
                    .orElseThrow());
        }
    }

    /** The index's digest, and of each part the referrers and the layers of its signature's tag. */
    private static List<String> everything(String target) {
        Reference reference = Reference.parse(target);
        List<String> found = new ArrayList<>();
        try (RegistryClient client = new RegistryClient()) {
            RegistryRepository repository = client.repository(reference.repository());
            for (String part : parts(target)) {
                found.add(part);
                var digest = ((Reference.Digested) Reference.parse(part)).digest();
                repository.referrers(digest, Optional.empty()).stream()
                        .map(Descriptor::toString)
                        .sorted()
                        .forEach(found::add);
                ImageManifest.of(repository
                                .manifest(digest.value().replace(':', '-') + ".sig")
                                .orElseThrow())
                        .layers()
                        .forEach(layer -> found.add(layer.toString()));
            }
        }
        return found;
    }
}
