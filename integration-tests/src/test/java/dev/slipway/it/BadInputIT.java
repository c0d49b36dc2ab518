package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.events.EventType;
import dev.slipway.events.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said on the command line within seconds, by an exit code, and by an event where there is a build. */
class BadInputIT {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int UNAVAILABLE = 3;
    private static final Pattern BUILD = Pattern.compile("build ([0-9a-f]{32})");
    private static final Pattern LETTER = Pattern.compile("(?m)^([0-9]+-[0-9]+) .* slipway\\.image\\.published ");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static Stack stack;

    @TempDir
    Path context;

    @BeforeAll
    static void start() {
        stack = Stack.startWithBuilders("--buildah", "none");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void refusesAPlatformThatNobodyKnows() throws IOException {
        dockerfile("FROM scratch\n");

        assertRefused(build("--platform", "linux/amd65"), "unknown architecture 'amd65'");
        assertRefused(build("--platform", ""), "--platform names no platform");
    }

    @Test
    void refusesAReferenceThatIsNone() throws IOException {
        dockerfile("FROM scratch\n");

        Command build = stack.slipwayWithin(LIMIT, "build", context.toString(), "-t", stack.registry() + "/UP:1");

        assertRefused(build, "not a repository name: 'UP'");
    }

    @Test
    void refusesAMissingDockerfile() {
        assertRefused(build("-f", "Missing"), "there is no Dockerfile at");
    }

    @Test
    void refusesALinkOutOfTheContext() throws IOException {
        dockerfile("FROM scratch\n");
        Files.createSymbolicLink(context.resolve("out"), Path.of("/etc/hostname"));

        assertRefused(build(), "the link 'out' leads out of the context");
    }

    @Test
    void namesLineColumnAndWhatWasExpectedOfADockerfile() throws IOException {
        dockerfile("FROM scratch\n  COPPY a b\n");

        Command build = build();

        assertThat(build.exitCode()).as(build.printed()).isEqualTo(FAILED);
        assertThat(build.err())
                .contains("DOCKERFILE_INVALID: Dockerfile:2:3: unknown instruction 'COPPY' (did you mean COPY?)");
        assertThat(end(build).type()).isEqualTo(EventType.BUILD_REJECTED);
    }

    @Test
    void namesTheBuildersThatCanDoWhatTheEmbeddedOneCannot() throws IOException {
        dockerfile("FROM scratch\nRUN make\n");

        Command build = build();

        assertThat(build.exitCode()).as(build.printed()).isEqualTo(FAILED);
        assertThat(build.err()).contains("Dockerfile:2:1: RUN", "buildkit", "buildah", "has workers with embedded");
        assertThat(end(build).type()).isEqualTo(EventType.BUILD_REJECTED);
    }

    @Test
    void saysWhichSourceOfACopyIsNotThere() throws IOException {
        dockerfile("FROM scratch\nCOPY nothing /nothing\n");

        Command build = build();

        assertThat(build.exitCode()).as(build.printed()).isEqualTo(FAILED);
        assertThat(build.err()).contains("BUILD_STEP_FAILED: Dockerfile:2:1: 'nothing' is not there");
        assertThat(end(build).type()).isEqualTo(EventType.IMAGE_ASSEMBLY_FAILED);
    }

    @Test
    void showsARecordThatNobodyCanReadAndSendsItAgain() throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topic.IMAGE_PUBLISHED.topicName(), "k", "no event at all"))
                    .get();
        }
        List<String> letters = Eventually.get(LIMIT, BadInputIT::letters, ids -> !ids.isEmpty());

        String letter = letters.getFirst();
        assertThat(stack.slipway("dlq", "show", letter).out())
                .contains("dead-letter-service", "/slipway/warmup-service", "no event at all");
        Command replayed = stack.slipway("dlq", "replay", letter);
        assertThat(replayed.exitCode()).as(replayed.printed()).isZero();
        assertThat(stack.slipway("dlq", "replay", letter).exitCode()).isEqualTo(USAGE);
        assertThat(Eventually.get(LIMIT, BadInputIT::letters, ids -> ids.size() == 2))
                .as("what came again is unreadable still")
                .contains(letter);
    }

    private static List<String> letters() {
        return LETTER.matcher(stack.slipway("dlq", "list").out())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void namesARegistryThatIsDownAndLeavesTheOtherAsItWas() throws IOException {
        dockerfile("FROM scratch\nCOPY Dockerfile /\n");
        String down = "127.0.0.1:" + Ports.free(1).getFirst();

        Command build = build("-t", down + "/team/app:1");

        assertThat(build.exitCode()).as(build.printed()).isEqualTo(FAILED);
        assertThat(build.err()).contains("REGISTRY_UNAVAILABLE: cannot connect to " + down);
        BuildLog.Entry end = end(build);
        assertThat(end.type()).isEqualTo(EventType.IMAGE_PUBLISH_FAILED);
        JsonNode targets = Http.parse(end.data().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .path("targets");
        assertThat(Http.elements(targets))
                .hasSize(2)
                .allSatisfy(target -> assertThat(target.path("state").asText()).isEqualTo("UNTOUCHED"));
    }

    @Test
    void saysThatTheBrokerIsDown() throws IOException {
        dockerfile("FROM scratch\n");
        stack.kill("local");
        try {
            Command build = build();

            assertThat(build.exitCode()).as(build.printed()).isEqualTo(UNAVAILABLE);
            assertThat(build.err()).contains("127.0.0.1:");
        } finally {
            stack.up();
        }
    }

    private void dockerfile(String content) throws IOException {
        Files.writeString(context.resolve("Dockerfile"), content);
    }

    private Command build(String... more) {
        List<String> words =
                new ArrayList<>(List.of("build", context.toString(), "-t", stack.registry() + "/bad/input:1"));
        words.addAll(Arrays.asList(more));
        return stack.slipwayWithin(LIMIT, words.toArray(String[]::new));
    }

    private static void assertRefused(Command command, String why) {
        assertThat(command.exitCode()).as(command.printed()).isEqualTo(USAGE);
        assertThat(command.err()).contains(why);
    }

    private static BuildLog.Entry end(Command build) {
        Matcher id = BUILD.matcher(build.err());
        assertThat(id.find()).as(build.printed()).isTrue();
        return stack.log().awaitEnd(id.group(1), LIMIT).stream()
                .filter(BuildLog::isTerminal)
                .findFirst()
                .orElseThrow();
    }
}
