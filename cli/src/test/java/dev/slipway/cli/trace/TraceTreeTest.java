package dev.slipway.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTreeTest {
    @Test
    void drawsChildrenUnderTheirParentsInOrderOfTime() {
        List<String> lines = lines("""
                {"spans":[
                 {"spanId":"c","parentSpanId":"a","service":"push-service","name":"publish","startTimeUnixNano":"300000000","endTimeUnixNano":"400000000"},
                 {"spanId":"a","service":"slipway","name":"slipway build","startTimeUnixNano":"100000000","endTimeUnixNano":"150000000"},
                 {"spanId":"d","parentSpanId":"b","service":"build-service","name":"PUT","startTimeUnixNano":"210000000","endTimeUnixNano":"220000000"},
                 {"spanId":"b","parentSpanId":"a","service":"build-service","name":"plan","startTimeUnixNano":"200000000","endTimeUnixNano":"230000000","links":[{},{}]}
                ]}""");

        assertThat(lines)
                .containsExactly(
                        "slipway build  slipway        +0 ms    50 ms",
                        "|- plan        build-service  +100 ms  30 ms   after 2 spans",
                        "|  `- PUT      build-service  +110 ms  10 ms",
                        "`- publish     push-service   +200 ms  100 ms",
                        "4 spans of 3 services in 300 ms");
    }

    @Test
    void showsASpanWhoseParentIsNotThereAsARoot() {
        assertThat(lines("""
                {"spans":[{"spanId":"b","parentSpanId":"gone","service":"s","name":"orphan","startTimeUnixNano":"1","endTimeUnixNano":"2"}]}""")).first().asString().startsWith("orphan");
    }

    @Test
    void marksWhatFailed() {
        assertThat(lines("""
                {"spans":[{"spanId":"b","service":"s","name":"move","startTimeUnixNano":"1","endTimeUnixNano":"2",
                           "status":{"code":2,"message":"405"}}]}""")).first().asString().endsWith("FAILED: 405");
    }

    @Test
    void drawsASpanThatWasExportedTwiceOnce() {
        String span =
                "{\"spanId\":\"b\",\"service\":\"s\",\"name\":\"x\",\"startTimeUnixNano\":\"1\",\"endTimeUnixNano\":\"2\"}";

        assertThat(lines("{\"spans\":[%s,%s]}".formatted(span, span))).hasSize(2);
    }

    private static List<String> lines(String json) {
        return TraceTree.of(Json.read(json).orElseThrow()).lines();
    }
}
