package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.json.JsonTrees;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SBOM and provenance of a build as cosign and oras see them, on registries with and without referrers. */
class AttestationIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Map<String, String> PREDICATES =
            Map.of("spdxjson", "https://spdx.dev/Document", "slsaprovenance1", "https://slsa.dev/provenance/v1");

    @TempDir
    private static Path directory;

    private static Stack stack;
    private static DistributionRegistry other;
    private static String first;
    private static String second;

    @BeforeAll
    static void build() throws IOException {
        Command generated = Command.run(
                directory,
                Map.of("COSIGN_PASSWORD", "of a test"),
                LIMIT,
                List.of(Peers.require("cosign"), "generate-key-pair"));
        assertThat(generated.exitCode()).as(generated.printed()).isZero();
        stack = Stack.startWithKey(directory.resolve("cosign.key"), "of a test");
        other = DistributionRegistry.startOrEmbedded();
        first = stack.registry() + "/team/attested:1";
        second = other.address() + "/mirror/attested:1";
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY status /var/lib/dpkg/status\n");
        Files.writeString(context.resolve("status"), """
                Package: openssl
                Status: install ok installed
                Architecture: all
                Version: 3.0.11-1
                """);
        Command build = stack.slipway(
                "build",
                context.toString(),
                "-t",
                first,
                "-t",
                second,
                "--platform",
                "linux/amd64,linux/arm64",
                "--sbom",
                "--provenance",
                "--sign");
        assertThat(build.exitCode()).as(build.printed()).isZero();
    }

    @AfterAll
    static void stop() {
        assumeTrue(stack != null, "skipped: the peer 'cosign' is not installed");
        other.close();
        stack.close();
    }

    @Test
    void cosignVerifiesTheStatementsOnEveryPlatformAndTarget() throws IOException {
        for (String cosign : List.of("cosign", "cosign3")) {
            for (String target : List.of(first, second)) {
                for (String image : images(target)) {
                    for (Map.Entry<String, String> predicate : PREDICATES.entrySet()) {
                        Command verified = Command.run(
                                directory,
                                Map.of(),
                                LIMIT,
                                List.of(
                                        Peers.require(cosign),
                                        "verify-attestation",
                                        "--key",
                                        "cosign.pub",
                                        "--insecure-ignore-tlog=true",
                                        "--type",
                                        predicate.getKey(),
                                        image));
                        assertThat(verified.exitCode())
                                .as("%s of %s: %s", predicate.getKey(), image, verified.printed())
                                .isZero();
                        assertThat(statement(verified).path("predicateType").asText())
                                .isEqualTo(predicate.getValue());
                    }
                }
            }
        }
    }

    @Test
    void theSbomNamesWhatIsInTheImage() throws IOException {
        Command verified = Command.run(
                directory,
                Map.of(),
                LIMIT,
                List.of(
                        Peers.require("cosign3"),
                        "verify-attestation",
                        "--key",
                        "cosign.pub",
                        "--insecure-ignore-tlog=true",
                        "--type",
                        "spdxjson",
                        images(first).getFirst()));

        assertThat(statement(verified).path("predicate").path("packages").findValuesAsText("referenceLocator"))
                .containsExactly("pkg:deb/debian/openssl@3.0.11-1?arch=all");
    }

    @Test
    void orasDiscoversBothStatements() {
        for (String target : List.of(first, second)) {
            for (String image : images(target)) {
                Command discovered = Command.run(
                        directory,
                        Map.of(),
                        LIMIT,
                        List.of(Peers.require("oras"), "discover", "--plain-http", "--format", "json", image));
                assertThat(discovered.exitCode()).as(discovered.printed()).isZero();
                assertThat(discovered.out()).contains("application/spdx+json", "application/vnd.in-toto+json");
            }
        }
    }

    @Test
    void slipwayShowsThem() {
        Command verified = stack.slipway(
                "verify", second, "--key", directory.resolve("cosign.pub").toString());

        assertThat(verified.exitCode()).as(verified.printed()).isZero();
        assertThat(verified.out()).contains(PREDICATES.values());
    }

    /** cosign prints the envelope. */
    private static JsonNode statement(Command verified) throws IOException {
        String envelope = verified.out()
                .lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow();
        return JsonTrees.read(Base64.getDecoder()
                .decode(JsonTrees.read(envelope).path("payload").asText()));
    }

    /** The image of each platform, by digest. */
    private static List<String> images(String target) {
        Reference reference = Reference.parse(target);
        try (RegistryClient client = new RegistryClient()) {
            return ImageIndex.of(client.repository(reference.repository())
                            .manifest(reference.identifier())
                            .orElseThrow())
                    .images()
                    .stream()
                    .map(Descriptor::digest)
                    .map(digest -> reference.repository() + "@" + digest)
                    .toList();
        }
    }
}
