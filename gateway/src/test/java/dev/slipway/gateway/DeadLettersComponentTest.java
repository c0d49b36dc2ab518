package dev.slipway.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.events.Topic;
import dev.slipway.gateway.GatewayCalls.Answer;
import dev.slipway.kit.events.EventPublisher;
import dev.slipway.kit.events.EventWriter;
import dev.slipway.kit.events.RecordPosition;
import dev.slipway.kit.kafka.LogConsumers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dead letters on a real broker: seen, shown, sent again. */
@QuarkusTest
@QuarkusTestResource(Peers.class)
class DeadLettersComponentTest {
    private static final String TOPIC = Topic.IMAGE_WARMED.topicName();

    @Inject
    EventPublisher publisher;

    @Inject
    EventWriter writer;

    @Inject
    LogConsumers consumers;

    private final String build = UUID.randomUUID().toString().replace("-", "");
    private GatewayCalls gateway;

    @BeforeEach
    void connect() {
        gateway = GatewayCalls.running();
    }

    @Test
    void listsWhatWasGivenUpTheNewestFirst() {
        giveUp(TOPIC, "one".getBytes(UTF_8), "broken once");
        giveUp(TOPIC, "three".getBytes(UTF_8), "broken twice");

        JsonNode letters = list("?build=" + build);

        assertThat(letters.findValuesAsText("reason")).containsExactly("broken twice", "broken once");
        assertThat(letters.path(0).path("topic").asText()).isEqualTo(TOPIC);
        assertThat(letters.path(0).path("buildId").asText()).isEqualTo(build);
        assertThat(letters.path(0).path("type").asText()).isEqualTo("dev.slipway.test.v1");
        assertThat(letters.path(0).path("size").asInt()).isEqualTo(5);
        assertThat(letters.path(0).path("replays")).isEmpty();
        assertThat(list("?limit=1")).hasSize(1);
    }

    @Test
    void showsHeadersAndTheValue() {
        giveUp(TOPIC, "{\"a\":\"ü\"}".getBytes(UTF_8), "broken");

        Answer shown = gateway.get("/v1/dead-letters/" + onlyId());

        assertThat(shown.json().path("value").asText()).isEqualTo("{\"a\":\"ü\"}");
        assertThat(shown.json().path("base64").asBoolean()).isFalse();
        assertThat(shown.json().path("headers").findValuesAsText("name"))
                .contains("ce_type", "own", "dead-letter-reason", "dead-letter-offset");
    }

    @Test
    void showsTheBeginningOfALargeValue() {
        giveUp(TOPIC, "x".repeat(100_000).getBytes(UTF_8), "too large");

        JsonNode shown = gateway.get("/v1/dead-letters/" + onlyId()).json();

        assertThat(shown.path("value").asText()).hasSize(64 * 1024);
        assertThat(shown.path("cut").asBoolean()).isTrue();
        assertThat(shown.path("letter").path("size").asInt()).isEqualTo(100_000);
    }

    @Test
    void showsWhatIsNoTextInBase64() {
        giveUp(TOPIC, new byte[] {(byte) 0xff, 0, 1}, "no JSON");

        JsonNode shown = gateway.get("/v1/dead-letters/" + onlyId()).json();

        assertThat(shown.path("value").asText()).isEqualTo("/wAB");
        assertThat(shown.path("base64").asBoolean()).isTrue();
    }

    @Test
    void sendsTheRecordAgainAsItWasAndNotesIt() {
        byte[] value = {(byte) 0xff, 7};
        giveUp(TOPIC, value, "broken");
        String id = onlyId();
        int before = list("?limit=1000").size();

        Answer sent = replay(id, "");

        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        List<ConsumerRecord<String, byte[]>> records = records(TOPIC);
        assertThat(records).hasSize(1);
        assertThat(records.getFirst().value()).isEqualTo(value);
        assertThat(StreamSupport.stream(records.getFirst().headers().spliterator(), false)
                        .map(header -> header.key() + "=" + new String(header.value(), UTF_8)))
                .containsExactly("ce_type=dev.slipway.test.v1", "ce_correlationid=" + build, "own=1", "own=2");
        assertThat(list("?build=" + build).path(0).path("replays")).hasSize(1);
        assertThat(list("?limit=1000")).as("the note is no letter").hasSize(before);
    }

    @Test
    void sendsOnceUnlessToldOtherwise() {
        giveUp(TOPIC, new byte[] {1}, "broken");
        String id = onlyId();

        assertThat(replay(id, "").status()).isEqualTo(200);
        assertThat(replay(id, "").codes()).containsExactly("DEAD_LETTER_REPLAYED");
        assertThat(records(TOPIC)).hasSize(1);
        assertThat(replay(id, "?again=true").status()).isEqualTo(200);
        assertThat(records(TOPIC)).hasSize(2);
        assertThat(list("?build=" + build).path(0).path("replays")).hasSize(2);
    }

    @Test
    void writesToTopicsOfTheContractOnly() {
        giveUp("somebody.elses", new byte[] {1}, "broken");

        Answer answer = replay(onlyId(), "");

        assertThat(answer.codes()).containsExactly("DEAD_LETTER_NOT_REPLAYABLE");
        assertThat(answer.text()).contains("somebody.elses");
    }

    @Test
    void saysWhatIsNotThereOrNoName() {
        assertThat(gateway.get("/v1/dead-letters/0-999999").codes()).containsExactly("DEAD_LETTER_UNKNOWN");
        assertThat(replay("17", "").codes()).containsExactly("DEAD_LETTER_UNKNOWN");
        assertThat(gateway.get("/v1/dead-letters?limit=0").codes()).containsExactly("LIMIT_INVALID");
        assertThat(gateway.get("/v1/dead-letters?build=x").codes()).containsExactly("BUILD_ID_MALFORMED");
    }

    private void giveUp(String topic, byte[] value, String reason) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_type", "dev.slipway.test.v1".getBytes(UTF_8));
        headers.add("ce_correlationid", build.getBytes(UTF_8));
        headers.add("own", "1".getBytes(UTF_8));
        headers.add("own", "2".getBytes(UTF_8));
        publisher.send(
                writer.deadLetter(new RecordPosition(topic, 0, 42), build, headers, value, reason, Optional.empty()));
    }

    private JsonNode list(String query) {
        return gateway.get("/v1/dead-letters" + query).json().path("deadLetters");
    }

    private String onlyId() {
        JsonNode letters = list("?build=" + build);
        assertThat(letters).hasSize(1);
        return letters.path(0).path("id").asText();
    }

    private Answer replay(String id, String query) {
        return gateway.post("/v1/dead-letters/" + id + "/replay" + query, "application/json", new byte[0]);
    }

    /** Those of this test's key. */
    private List<ConsumerRecord<String, byte[]>> records(String topic) {
        try (Consumer<String, byte[]> consumer = consumers.get()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            var ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<String, byte[]>> records = new java.util.ArrayList<>();
            while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
            return records.stream().filter(record -> build.equals(record.key())).toList();
        }
    }
}
