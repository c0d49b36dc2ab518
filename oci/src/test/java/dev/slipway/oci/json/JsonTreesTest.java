package dev.slipway.oci.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTreesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "\"\"",
                "{\"b\":1,\"a\":[{},[],\"x\",false,null]}",
                "[0,-1,2147483648,9223372036854775808,123456789012345678901234567890]",
                "{\"text\":\"\\\"\\\\\\u0000\\n\u00e9\uD83D\uDE80\"}"
            })
    void writesWhatItReads(String json) throws IOException {
        assertThat(JsonText.of(JsonTrees.read(json))).isEqualTo(json);
        assertThat(JsonText.bytes(JsonTrees.read(json.getBytes(UTF_8)))).isEqualTo(json.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1.0,2.50,0.1]", "{\"a\":{\"b\":[1,2,{\"c\":\"d\"}]}}", "-12.75"})
    void readsAndWritesAsTheObjectMapperDoes(String json) throws IOException {
        JsonNode expected = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build()
                .readTree(json);

        assertThat(JsonTrees.read(json)).isEqualTo(expected);
        assertThat(JsonText.of(JsonTrees.read(json))).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"a\":1,\"a\":2}", "{} {}", "[1,]", "{\"a\"}", "nul", "]", "\"\u0001\""})
    void refusesWhatIsNotOneValue(String text) {
        assertThatThrownBy(() -> JsonTrees.read(text)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void printsAsTheObjectMapperDoes() throws IOException {
        JsonNode tree = JsonTrees.read("{\"a\":[1,{\"b\":null}],\"c\":{},\"d\":\"e\"}");

        assertThat(JsonText.pretty(tree)).isEqualTo(tree.toPrettyString());
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        String deep = "[".repeat(5000) + "]".repeat(5000);

        assertThatThrownBy(() -> JsonTrees.read(deep)).isInstanceOf(JsonProcessingException.class);
    }
}
