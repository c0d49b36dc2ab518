package dev.slipway.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.gateway.RequestDocument;
import dev.slipway.gateway.http.CloudEventBodies.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventBodiesTest {

    @Test
    void readsBinaryMode() throws Exception {
        RequestDocument document = read(
                Map.of(
                        "content-type", "application/json; charset=UTF-8",
                        "ce-id", "1",
                        "ce-source", "/caf%C3%A9+x",
                        "accept", "*/*"),
                "{\"a\":1}");

        assertThat(document.attributes())
                .isEqualTo(Map.of("id", "1", "source", "/café+x", "datacontenttype", "application/json"));
        assertThat(document.data()).isEqualTo("{\"a\":1}");
    }

    @Test
    void readsStructuredMode() throws Exception {
        RequestDocument document = read(Map.of("content-type", "application/cloudevents+json"), """
                {"specversion": "1.0", "id": "1", "subject": null, "seq": 7, "data": {"a": [1, 2]}}""");

        assertThat(document.attributes()).isEqualTo(Map.of("specversion", "1.0", "id", "1", "seq", "7"));
        assertThat(document.data()).isEqualTo("{\"a\":[1,2]}");
    }

    @Test
    void readsDataInBase64() throws Exception {
        assertThat(read(
                                Map.of("content-type", "application/cloudevents+json"),
                                "{\"id\": \"1\", \"data_base64\": \"eyJhIjoxfQ==\"}")
                        .data())
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void takesTheTraceOfTheCallUnlessTheEventNamesOne() throws Exception {
        assertThat(read(Map.of("traceparent", "call"), "{}").attribute("traceparent"))
                .isEqualTo("call");
        assertThat(read(Map.of("traceparent", "call", "ce-traceparent", "event"), "{}")
                        .attribute("traceparent"))
                .isEqualTo("event");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents-batch+json", "application/cloudevents+xml"})
    void refusesFormsThatAreNotRead(String contentType) {
        assertThatThrownBy(() -> read(Map.of("content-type", contentType), "[]"))
                .isInstanceOfSatisfying(
                        UnreadableException.class, e -> assertThat(e.status()).isEqualTo(415))
                .hasMessageContaining(contentType);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "", "{\"id\":\"1\",\"id\":\"2\"}", "{} {}", "{\"data_base64\":\"%\"}"})
    void refusesWhatIsNoStructuredEvent(String body) {
        assertThatThrownBy(() -> read(Map.of("content-type", "application/cloudevents+json"), body))
                .isInstanceOfSatisfying(
                        UnreadableException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    private static RequestDocument read(Map<String, String> headers, String body) throws UnreadableException {
        return CloudEventBodies.read(headers, body.getBytes(StandardCharsets.UTF_8));
    }
}
