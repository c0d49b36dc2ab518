package dev.slipway.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The AsyncAPI document describes exactly the topics and the types that the code has. */
class AsyncApiTest {

    private static final JsonNode DOCUMENT = Contract.asyncApi();

    @Test
    void channelsAreTheTopics() {
        Set<String> addresses = DOCUMENT.path("channels")
                .valueStream()
                .map(channel -> channel.path("address").asText())
                .collect(Collectors.toSet());

        assertThat(addresses)
                .isEqualTo(
                        Arrays.stream(Topic.values()).map(AsyncApiTest::address).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource
    void channelCarriesTheTypesOfItsTopic(Topic topic) {
        Set<String> carried = channel(topic).path("messages").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());

        assertThat(carried)
                .isEqualTo(
                        topic == Topic.DEAD_LETTER
                                ? Set.of("deadLetter", "deadLetterReplayed")
                                : Arrays.stream(EventType.values())
                                        .filter(type -> type.topic() == topic)
                                        .map(Contract::nameOf)
                                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource
    void channelIsDeclaredAsTheTopicIs(Topic topic) {
        JsonNode configuration = channel(topic).at("/bindings/kafka/topicConfiguration");

        assertThat(configuration.at("/cleanup.policy/0").asText())
                .isEqualTo(topic.shape() == Topic.Shape.SINGLE_COMPACTED ? "compact" : "delete");
        assertThat(configuration.path("retention.ms").asLong() == -1).isEqualTo(topic.shape() == Topic.Shape.KEPT);
        assertThat(configuration.path("max.message.bytes").asInt())
                .isEqualTo(topic == Topic.DEAD_LETTER ? Topic.MAX_DEAD_LETTER_BYTES : Topic.MAX_RECORD_BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void messageNamesTypeAndSchema(EventType type) {
        JsonNode message = DOCUMENT.path("components").path("messages").path(Contract.nameOf(type));

        assertThat(message.path("name").asText()).isEqualTo(type.ceType());
        assertThat("/dev/slipway/events/" + message.at("/payload/schema/$ref").asText())
                .isEqualTo(type.schemaResource());
        assertThat(message.at("/headers/$ref").asText())
                .endsWith(RequestEvent.class.isAssignableFrom(type.payload()) ? "/requestHeaders" : "/headers");
    }

    @Test
    void everyLocalReferenceLeadsSomewhere() {
        List<String> references = DOCUMENT.findValuesAsText("$ref").stream()
                .filter(reference -> reference.startsWith("#"))
                .toList();

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                DOCUMENT.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    private JsonNode channel(Topic topic) {
        return DOCUMENT.path("channels")
                .valueStream()
                .filter(channel -> channel.path("address").asText().equals(address(topic)))
                .findFirst()
                .orElseThrow();
    }

    private static String address(Topic topic) {
        return topic == Topic.BUILD_REQUESTED ? Topic.requestsOf("{tenant}") : topic.topicName();
    }
}
