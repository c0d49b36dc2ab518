package dev.slipway.cli;

import static dev.slipway.cli.gateway.ScriptedGateway.BUILD;
import static dev.slipway.cli.gateway.ScriptedGateway.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.cli.process.Ports;
import dev.slipway.events.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole commands with a gateway that is scripted. */
class MainTest extends ScriptedCommands {
    @Test
    void endsWithDigestImagesAndStagesOfAPublishedBuild() {
        gateway.stream(
                event("1", EventType.BUILD_PLANNED, "{}"),
                event("2", EventType.IMAGE_ASSEMBLED, "{\"index\":%s}".formatted(INDEX)),
                published("3"));

        assertThat(build()).isZero();

        assertThat(out.toString(UTF_8)).contains(DIGEST, "127.0.0.1:5000/x:1", BUILD, "assemble", "publish");
    }

    @Test
    void printsNothingButTheDigestWhereItIsToBeQuiet() {
        gateway.stream(published("1"));

        assertThat(build("--progress", "quiet")).isZero();

        assertThat(out.toString(UTF_8).strip()).isEqualTo(DIGEST);
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void writesMetadataUnderTheKeysOfBuildx() throws IOException {
        gateway.stream(published("1"));

        assertThat(build("--metadata-file", "meta.json", "--iidfile", "iid", "-t", "ghcr.io/b:2"))
                .isZero();

        JsonNode metadata =
                new ObjectMapper().readTree(temp.resolve("meta.json").toFile());
        assertThat(metadata.path("containerimage.digest").asText()).isEqualTo(DIGEST);
        assertThat(metadata.path("containerimage.descriptor").path("size").asInt())
                .isEqualTo(512);
        assertThat(metadata.path("image.name").asText()).isEqualTo("127.0.0.1:5000/x:1,ghcr.io/b:2");
        assertThat(metadata.path("slipway.build.id").asText()).isEqualTo(BUILD);
        assertThat(Files.readString(temp.resolve("iid"))).isEqualTo(DIGEST);
    }

    @Test
    void asksForExactlyWhatTheOptionsSay() throws IOException {
        environment.put("FROM_OUTSIDE", "o");

        int code = build(
                "--platform",
                "linux/arm,linux/amd64",
                "--build-arg",
                "FROM_OUTSIDE",
                "--label",
                "l=1",
                "--annotation",
                "a=2",
                "--target",
                "t",
                "--timeout",
                "90s",
                "--no-cache",
                "--pull",
                "--provenance=mode=max",
                "--wait",
                "none",
                "--sbom",
                ".");

        assertThat(code).isZero();
        JsonNode request = new ObjectMapper().readTree(gateway.submitted().getFirst());
        assertThat(request.path("platforms").toString()).isEqualTo("[\"linux/arm/v7\",\"linux/amd64\"]");
        assertThat(request.path("buildArgs").toString()).isEqualTo("{\"FROM_OUTSIDE\":\"o\"}");
        assertThat(request.path("labels").toString()).isEqualTo("{\"l\":\"1\"}");
        assertThat(request.path("annotations").toString()).isEqualTo("{\"a\":\"2\"}");
        assertThat(request.path("target").asText()).isEqualTo("t");
        assertThat(request.path("deadline").asText()).isEqualTo("PT1M30S");
        assertThat(request.path("noCache").asBoolean()).isTrue();
        assertThat(request.path("pull").asBoolean()).isTrue();
        assertThat(request.path("sbom").asBoolean()).isTrue();
        assertThat(request.path("provenance").asBoolean()).isTrue();
        assertThat(request.has("sign")).isFalse();
        assertThat(request.path("file").asText()).isEqualTo("Dockerfile");
        assertThat(request.path("tags").toString()).isEqualTo("[\"127.0.0.1:5000/x:1\"]");
        String manifest = request.path("source")
                .path("artifact")
                .path("descriptor")
                .path("digest")
                .asText();
        assertThat(gateway.contexts()).contains(manifest);
    }

    @Test
    void sendsNothingOfTheContextThatIsThereAlready() {
        build("--wait", "none");
        long sent = puts();

        build("--wait", "none");

        assertThat(sent).isPositive();
        assertThat(puts()).isEqualTo(sent);
    }

    @Test
    void isPartOfTheCallersTrace() {
        environment.put("TRACEPARENT", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        build("--wait", "none");

        assertThat(gateway.submittedHeaders().getFirst().get("Ce-traceparent"))
                .first()
                .asString()
                .startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-");
        assertThat(gateway.requests()).contains("POST /v1/traces");
    }

    @Test
    void endsWithoutWaitingWhereItIsToldTo() {
        assertThat(build("--wait", "none")).isZero();

        assertThat(out.toString(UTF_8)).contains(BUILD);
        assertThat(gateway.resumedAfter()).isEmpty();
    }

    @Test
    void failsWithTheReasonsOfARejectedBuild() {
        gateway.stream(event("1", EventType.BUILD_REJECTED, """
                {"failures":[{"code":"DOCKERFILE_INVALID","message":"Dockerfile:2:1: unknown instruction 'COPPY'"}]}""".replace("\n", "")));

        assertThat(build()).isEqualTo(1);

        assertThat(err.toString(UTF_8)).contains("was rejected", "DOCKERFILE_INVALID: Dockerfile:2:1");
    }

    @Test
    void tellsADeadlineByItsExitCode() {
        gateway.stream(event(
                "1",
                EventType.IMAGE_ASSEMBLY_FAILED,
                "{\"failures\":[{\"code\":\"DEADLINE_EXCEEDED\",\"message\":\"m\"}]}"));

        assertThat(build()).isEqualTo(4);
    }

    @Test
    void tellsAGatewayThatIsNotThereByItsExitCode() {
        environment.put("SLIPWAY_GATEWAY", "http://127.0.0.1:" + Ports.free(1).getFirst());

        assertThat(build()).isEqualTo(3);

        assertThat(err.toString(UTF_8)).contains("cannot be reached", "slipway up");
    }

    @Test
    void asksNoGatewayThatNobodyNamed() {
        environment.remove("SLIPWAY_GATEWAY");

        assertThat(build()).isEqualTo(3);
        assertThat(run("events")).isEqualTo(3);

        assertThat(err.toString(UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("slipway: no stack runs in " + home))
                .allMatch(
                        line -> line.endsWith("'slipway up' starts one, --gateway URL or $SLIPWAY_GATEWAY names one"));
    }

    @Test
    void tellsThatTheBusIsDown() {
        gateway.answer(
                "POST /v1/events", 503, "{\"errors\":[{\"code\":\"BUS\",\"message\":\"Kafka does not answer\"}]}");

        assertThat(build()).isEqualTo(3);

        assertThat(err.toString(UTF_8)).contains("Kafka does not answer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "build -t a/b:1 --platform linux/amd46 | amd46",
                "build -t a/b:1 --platform , | --platform",
                "build -t A/B:1 | --tag",
                "build | -t",
                "build -t a/b:1 nowhere | nowhere",
                "build -t a/b:1 empty | Dockerfile",
                "build -t a/b:1 --wait forever | forever",
                "build -t a/b:1 --timeout soon | soon",
                "build -t a/b:1 --metadata-file no/such/file | --metadata-file",
                "build -t a/b:1 --sbom=cyclonedx | SPDX",
                "build -t a/b:1 --provenance=mode=min | mode=max",
                "up --registry-port 99999 | 99999",
                "up --staging nonsense | --staging",
                "up --kafka broker | --kafka",
                "trace | BUILD_ID",
                "inspect UPPER | UPPER",
                "frobnicate | frobnicate",
                "events --gateway ftp://x | ftp://x"
            })
    void refusesBadInputBeforeAnythingIsSent(String command, String said) throws IOException {
        Files.createDirectory(temp.resolve("empty"));

        assertThat(run(command.split(" "))).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains(said);
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void refusesAContextWithALinkOutOfIt() throws IOException {
        Files.createSymbolicLink(temp.resolve("out"), Path.of("/etc/passwd"));

        assertThat(build()).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("'out'");
        assertThat(gateway.submitted()).isEmpty();
    }

    @Test
    void asksForSignatures() {
        gateway.stream(published("1"));

        assertThat(build("--sign")).isZero();

        assertThat(gateway.submitted()).singleElement().asString().contains("\"sign\":true");
    }

    @Test
    void refusesToSignWhereTheLocalStackHasNoKey() throws IOException {
        environment.remove("SLIPWAY_GATEWAY");
        Files.writeString(home.resolve("stack.json"), """
                {"version":1,"options":{"kafkaPort":1,"registryPorts":[2],"gatewayPort":3,"spansPort":4},"processes":[]}""");

        assertThat(build("--sign")).isEqualTo(2);

        assertThat(err.toString(UTF_8))
                .contains("--sign: the local stack has no key")
                .contains("--sign-key FILE");
    }

    @Test
    void startsNothingWithAKeyThatCannotBeUsed() {
        assertThat(run("up", "--sign-key", "none.key")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("cannot read the key").contains("none.key");
        assertThat(temp.resolve("home/stack.json")).doesNotExist();
    }

    @Test
    void startsNothingWithRulesOfAccessThatAreNotThere() {
        assertThat(run("up", "--access", "none.json")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("--access: there is no file").contains("none.json");
        assertThat(temp.resolve("home/stack.json")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-program", "./Dockerfile"})
    void startsNothingWithABuildahThatIsNotThere(String program) {
        assertThat(run("up", "--buildah", program)).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("--buildah: there is no program '%s'".formatted(program));
        assertThat(temp.resolve("home/stack.json")).doesNotExist();
    }

    @Test
    void verifiesByNoKeyAndSignsByNone() {
        assertThat(run("verify", "127.0.0.1:1/x")).isEqualTo(2);
        assertThat(run("sign", "127.0.0.1:1/x")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("say whom you trust", "say what signs");
    }

    @Test
    void saysThatNoStackRuns() {
        assertThat(run("status")).isEqualTo(3);
        assertThat(out.toString(UTF_8)).contains("slipway up");
        assertThat(run("down")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "up --help",
                "build --help",
                "events --help",
                "history --help",
                "demo --help",
                "index --help",
                "index append --help",
                "sign --help",
                "verify --help"
            })
    void explainsItself(String command) {
        assertThat(run(command.split(" "))).isZero();

        assertThat(out.toString(UTF_8)).startsWith("Usage: slipway");
    }

    @Test
    void documentsItsExitCodes() {
        run("--help");

        assertThat(out.toString(UTF_8)).contains("Exit codes:", "130", "Ctrl-C");
    }

    private long puts() {
        return gateway.requests().stream()
                .filter(request -> request.startsWith("PUT"))
                .count();
    }

    private int build(String... options) {
        List<String> arguments = new ArrayList<>(List.of("build", "-t", "127.0.0.1:5000/x:1"));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }
}
