package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.events.EventType;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job: one directory in, one image on two registries out, one trace. */
class MainJobIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Stack stack;
    private static Optional<Jaeger> jaeger;
    private static DistributionRegistry other;

    @TempDir
    Path temp;

    @BeforeAll
    static void start() {
        jaeger = Jaeger.startWhereInstalled();
        stack = jaeger.map(Jaeger::otlp).map(Stack::startWithTracesTo).orElseGet(Stack::start);
        other = DistributionRegistry.startOrEmbedded();
    }

    @AfterAll
    static void stop() {
        other.close();
        stack.close();
        jaeger.ifPresent(Jaeger::close);
    }

    @Test
    void leavesOneImageOnTwoRegistries() throws IOException {
        String first = stack.registry() + "/team/hello:1.0";
        String second = other.address() + "/mirror/hello:1.0";

        Path metadataFile = temp.resolve("metadata.json");
        Command build = stack.slipway(
                "build",
                Contexts.HELLO.toString(),
                "-t",
                first,
                "-t",
                second,
                "--platform",
                "linux/amd64,linux/arm64",
                "--metadata-file",
                metadataFile.toString());

        assertThat(build.exitCode()).as(build.printed()).isZero();
        JsonNode metadata = JSON.readTree(metadataFile.toFile());
        String digest = metadata.path("containerimage.digest").asText();
        assertThat(manifest(first).digest().value()).isEqualTo(digest);
        assertThat(manifest(second).digest().value()).isEqualTo(digest);
        assertThat(platforms(first)).containsExactly("linux/amd64", "linux/arm64");
    }

    @Test
    void hasOneTraceFromTheCommandLineThroughAllServices() throws IOException {
        Path metadataFile = temp.resolve("metadata.json");
        Command build = stack.slipway(
                "build",
                Contexts.HELLO.toString(),
                "-t",
                stack.registry() + "/team/traced:1",
                "--platform",
                "linux/amd64,linux/arm64",
                "--metadata-file",
                metadataFile.toString());
        assertThat(build.exitCode()).as(build.printed()).isZero();
        String buildId =
                JSON.readTree(metadataFile.toFile()).path("slipway.build.id").asText();

        List<BuildLog.Entry> entries = stack.log()
                .await(
                        buildId,
                        Duration.ofSeconds(30),
                        all -> all.stream().anyMatch(entry -> entry.type() == EventType.IMAGE_WARMED));

        String trace = Objects.requireNonNull(entries.get(0).trace());
        assertThat(entries).extracting(BuildLog.Entry::trace).containsOnly(trace);
        List<JsonNode> spans = Eventually.get(
                Duration.ofSeconds(20),
                () -> spans(trace),
                found -> services(found)
                        .containsAll(Set.of(
                                "slipway", "build-service", "manifest-service", "push-service", "warmup-service")));
        Set<String> ids =
                spans.stream().map(span -> span.path("spanId").asText()).collect(Collectors.toSet());
        assertThat(spans.stream()
                        .filter(span -> span.path("parentSpanId").asText("").isEmpty()))
                .as("roots")
                .hasSize(1);
        assertThat(spans.stream()
                        .map(span -> span.path("parentSpanId").asText(""))
                        .filter(id -> !id.isEmpty()))
                .as("parents are in the trace")
                .allMatch(ids::contains);
        JsonNode assembly = spans.stream()
                .filter(span -> span.path("name").asText().equals("assemble index"))
                .findFirst()
                .orElseThrow();
        assertThat(assembly.path("links")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(stack.slipway("trace", buildId).out()).contains("build-service", "push-service", "assemble index");
    }

    @Test
    void isOneTraceInJaeger() throws IOException {
        Peers.require(Jaeger.PROGRAM);
        Path metadataFile = temp.resolve("metadata.json");
        Command build = stack.slipway(
                "build",
                Contexts.random(temp.resolve("jaeger"), 11, 1).toString(),
                "-t",
                stack.registry() + "/team/jaeger:1",
                "--platform",
                "linux/amd64,linux/arm64,linux/s390x",
                "--metadata-file",
                metadataFile.toString());
        assertThat(build.exitCode()).as(build.printed()).isZero();
        String trace =
                JSON.readTree(metadataFile.toFile()).path("slipway.trace.id").asText();

        JsonNode found = Eventually.get(
                        Duration.ofSeconds(20),
                        () -> jaeger.orElseThrow().trace(trace),
                        answer -> answer.filter(there -> JaegerTrace.services(there)
                                        .containsAll(Set.of(
                                                "slipway",
                                                "build-service",
                                                "manifest-service",
                                                "push-service",
                                                "warmup-service")))
                                .isPresent())
                .orElseThrow();

        JaegerTrace.assertIsOneTree(found);
        assertThat(JaegerTrace.links(found, "assemble index"))
                .as("one for each platform, and the hop before")
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void takesTheSameRequestStraightFromKafka() {
        String kcat = Peers.require("kcat");
        Path context = Contexts.random(temp.resolve("kcat"), 7, 1);
        Command packed = stack.slipway(
                "build", context.toString(), "-t", stack.registry() + "/team/kcat:cli", "--platform", "linux/amd64");
        assertThat(packed.exitCode()).as(packed.printed()).isZero();
        Request request = Requested.like(
                stack,
                packed,
                UUID.randomUUID().toString(),
                Instant.now(),
                Optional.empty(),
                stack.registry() + "/team/kcat:straight");

        Command sent = Kcat.produce(kcat, stack.bootstrapServers(), request, temp);
        assertThat(sent.exitCode()).as(sent.printed()).isZero();

        List<BuildLog.Entry> entries = stack.log().awaitEnd(request.buildId(), Duration.ofSeconds(60));
        assertThat(entries).extracting(BuildLog.Entry::type).contains(EventType.IMAGE_PUBLISHED);
        assertThat(platforms(stack.registry() + "/team/kcat:straight")).containsExactly("linux/amd64");
    }

    @Test
    void runsFromTheCommonFormatOfOthers() {
        String skopeo = Peers.require("skopeo");
        String reference = stack.registry() + "/team/peers:1";
        Command build = stack.slipway(
                "build", Contexts.HELLO.toString(), "-t", reference, "--platform", "linux/amd64,linux/arm64");
        assertThat(build.exitCode()).as(build.printed()).isZero();

        Command inspected = Command.run(
                temp,
                Map.of(),
                Duration.ofSeconds(60),
                List.of(skopeo, "copy", "--all", "--src-tls-verify=false", "docker://" + reference, "oci:copied:1"));

        assertThat(inspected.exitCode()).as(inspected.printed()).isZero();
    }

    private static List<JsonNode> spans(String traceparent) {
        return Http.json(stack.gateway() + "/v1/traces/" + traceparent.substring(3, 35))
                .map(body -> body.path("spans"))
                .map(Http::elements)
                .orElse(List.of());
    }

    private static Set<String> services(List<JsonNode> spans) {
        return spans.stream().map(span -> span.path("service").asText()).collect(Collectors.toSet());
    }

    private static Manifest manifest(String reference) {
        Reference parsed = Reference.parse(reference);
        try (RegistryClient client =
                new RegistryClient(RegistryOptions.builder().build())) {
            return client.repository(parsed.repository())
                    .manifest(parsed.identifier())
                    .orElseThrow(() -> new AssertionError(reference + " is not there"));
        }
    }

    private static List<String> platforms(String reference) {
        return Http.elements(Http.parse(manifest(reference).bytes()).path("manifests")).stream()
                .map(entry -> entry.path("platform"))
                .map(platform -> platform.path("os").asText() + "/"
                        + platform.path("architecture").asText())
                .toList();
    }
}
