package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.events.EventType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is killed, and whenever: one end, and the digest of an undisturbed run. */
class KillIT {
    private static final Optional<String> TRACE =
            Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    static Path temp;

    /** One for all requests: it is in the image. */
    private static Instant time;

    private static Stack stack;
    private static Command pattern;
    private static String undisturbed;

    @BeforeAll
    static void buildUndisturbed() {
        time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        stack = Stack.start();
        pattern = stack.slipway(
                "build",
                Contexts.random(temp.resolve("context"), 42, 16).toString(),
                "-t",
                stack.registry() + "/kill/pattern:1",
                "--platform",
                "linux/amd64,linux/arm64",
                "--no-cache");
        assertThat(pattern.exitCode()).as(pattern.printed()).isZero();
        undisturbed = publishedDigest(run("undisturbed"));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @ParameterizedTest
    @CsvSource({
        "build-service,0",
        "build-service,60",
        "build-service,150",
        "build-service,300",
        "manifest-service,0",
        "manifest-service,150",
        "manifest-service,300",
        "push-service,0",
        "push-service,150",
        "push-service,300",
        "gateway,50",
        "warmup-service,50",
        "local,100"
    })
    void endsOnceWithTheSameDigest(String process, long millisAfterTheRequest) {
        Request request = request(process + "-" + millisAfterTheRequest);

        request.send(stack.bootstrapServers());
        LockSupport.parkNanos(Duration.ofMillis(millisAfterTheRequest).toNanos());
        stack.kill(process);
        stack.up();

        List<BuildLog.Entry> entries = stack.log().awaitEnd(request.buildId(), LIMIT);
        assertThat(BuildLog.terminalIds(entries)).hasSize(1);
        assertThat(publishedDigest(entries)).isEqualTo(undisturbed);
    }

    private static List<BuildLog.Entry> run(String id) {
        Request request = request(id);
        request.send(stack.bootstrapServers());
        return stack.log().awaitEnd(request.buildId(), LIMIT);
    }

    private static Request request(String id) {
        return Requested.like(stack, pattern, id, time, TRACE, stack.registry() + "/kill/" + id + ":1");
    }

    private static String publishedDigest(List<BuildLog.Entry> entries) {
        JsonNode published = entries.stream()
                .filter(entry -> entry.type() == EventType.IMAGE_PUBLISHED)
                .map(entry -> Http.parse(entry.data().getBytes(StandardCharsets.UTF_8)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not published: " + entries));
        return published.path("index").path("digest").asText();
    }
}
