package dev.slipway.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.gateway.GatewayFailure.Kind;
import dev.slipway.cli.process.Ports;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.events.EventType;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Descriptor;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayTest {
    private static final CloudEvent EVENT = new CloudEvent(
            "id-1", "/slipway/cli/x", EventType.BUILD_REQUESTED, Instant.EPOCH, Optional.of("00-a-b-01"), "{\"a\":1}");

    private final ScriptedGateway scripted = new ScriptedGateway();
    private final Gateway gateway = new Gateway(scripted.url());

    @AfterEach
    void stop() {
        scripted.close();
    }

    @Test
    void sendsABlobOnceAndFindsItThen() {
        byte[] content = new byte[100_000];
        Descriptor blob = Descriptor.of("application/octet-stream", content);

        assertThat(gateway.hasContext(blob.digest())).isFalse();
        gateway.putContext(blob, BlobSource.of(content));
        assertThat(gateway.hasContext(blob.digest())).isTrue();
    }

    @Test
    void submitsInBinaryMode() {
        assertThat(gateway.submit(EVENT)).isEqualTo(ScriptedGateway.BUILD);

        assertThat(scripted.submitted()).containsExactly("{\"a\":1}");
        assertThat(scripted.submittedHeaders().getFirst())
                .containsEntry("Ce-id", java.util.List.of("id-1"))
                .containsEntry("Ce-type", java.util.List.of("dev.slipway.build.requested.v1"))
                .containsEntry("Ce-specversion", java.util.List.of("1.0"))
                .containsEntry("Ce-traceparent", java.util.List.of("00-a-b-01"))
                .containsEntry("Content-type", java.util.List.of("application/json"));
    }

    @Test
    void tellsEveryViolationThatTheGatewayNames() {
        scripted.answer("POST /v1/events", 400, """
                {"errors":[{"code":"SCHEMA","message":"platforms is empty","pointer":"/platforms"},
                           {"code":"SCHEMA","message":"file is no text"}]}""");

        assertThatThrownBy(() -> gateway.submit(EVENT))
                .isInstanceOfSatisfying(
                        GatewayFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("answered 400 to POST /v1/events")
                .hasMessageContaining("platforms is empty (at /platforms)")
                .hasMessageContaining("file is no text");
    }

    @Test
    void tellsThatTheBusIsDown() {
        scripted.answer(
                "POST /v1/events", 503, "{\"errors\":[{\"code\":\"BUS\",\"message\":\"Kafka does not answer\"}]}");

        assertThatThrownBy(() -> gateway.submit(EVENT))
                .isInstanceOfSatisfying(
                        GatewayFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("Kafka does not answer");
    }

    @Test
    void namesAGatewayThatIsNotThere() {
        URI nobody = URI.create("http://127.0.0.1:" + Ports.free(1).getFirst());

        assertThatThrownBy(() -> new Gateway(nobody).builds())
                .isInstanceOfSatisfying(
                        GatewayFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining(nobody.toString());
    }

    @Test
    void findsABuildByTheBeginningOfItsId() {
        scripted.answer("GET /v1/builds", 200, """
                {"builds":[{"buildId":"0123456789abcdef0123456789abcdef"},{"buildId":"01ff456789abcdef0123456789abcdef"}]}""");
        BuildIds ids = new BuildIds(gateway);

        assertThat(ids.resolve("012")).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(ids.resolve("ffffffffffffffffffffffffffffffff")).isEqualTo("ffffffffffffffffffffffffffffffff");
        assertThatThrownBy(() -> ids.resolve("01"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("2 build ids");
        assertThatThrownBy(() -> ids.resolve("9"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("'9'");
        assertThatThrownBy(() -> ids.resolve("../x")).isInstanceOf(CommandFailure.class);
    }
}
