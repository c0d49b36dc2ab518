package dev.slipway.warmup.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.warmup.pull.Copies;
import dev.slipway.warmup.pull.DecidePullPolicy;
import dev.slipway.warmup.pull.PinImage;
import dev.slipway.warmup.pull.PullPolicyRules;
import dev.slipway.warmup.pull.TagIndex;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AdmitPodTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));

    private final TagIndex tags = new TagIndex();
    private final AtomicInteger passed = new AtomicInteger();
    private boolean ready = true;
    private final AdmitPod admitPod = new AdmitPod(
            "eu",
            new PinImage(
                    tags,
                    new DecidePullPolicy(
                            new PullPolicyRules(Duration.ofMinutes(5), 3, 0.95, Duration.ofMinutes(10)),
                            Pattern.compile("[0-9]+"),
                            new Copies(() -> NOON),
                            () -> NOON)),
            () -> ready,
            passed::incrementAndGet);

    @BeforeEach
    void publish() {
        tags.moved(new TagIndex.Named(Reference.parseTagged("ghcr.io/acme/shop:1"), DIGEST, "b", NOON));
    }

    private JsonNode admit(String pod) throws IOException {
        String review =
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u1\","
                        + "\"object\":" + pod + "}}";
        JsonNode answer = JSON.readTree(admitPod.admit(review.getBytes(UTF_8)).orElseThrow());
        assertThat(answer.path("apiVersion").asText()).isEqualTo("admission.k8s.io/v1");
        assertThat(answer.path("kind").asText()).isEqualTo("AdmissionReview");
        assertThat(answer.at("/response/uid").asText()).isEqualTo("u1");
        assertThat(answer.at("/response/allowed").asBoolean()).isTrue();
        return answer.path("response");
    }

    private static JsonNode patch(JsonNode response) throws IOException {
        assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
        return JSON.readTree(Base64.getDecoder().decode(response.path("patch").asText()));
    }

    @Test
    void pinsEachContainerThatHasAPublishedImage() throws IOException {
        JsonNode response = admit("""
                {"metadata":{"labels":{"app":"shop"}},"spec":{
                 "initContainers":[{"image":"ghcr.io/acme/shop:1","imagePullPolicy":"Always"}],
                 "containers":[{"image":"nginx","imagePullPolicy":"Always"},
                               {"image":"ghcr.io/acme/shop:1","imagePullPolicy":"IfNotPresent"}]}}""");

        assertThat(patch(response)).isEqualTo(JSON.readTree("""
                        [{"op":"replace","path":"/spec/initContainers/0/image","value":"ghcr.io/acme/shop:1@%1$s"},
                         {"op":"replace","path":"/spec/containers/1/image","value":"ghcr.io/acme/shop:1@%1$s"}]""".formatted(DIGEST)));
    }

    @Test
    void aCanaryAsksTheRegistry() throws IOException {
        JsonNode response = admit("""
                {"metadata":{"labels":{"slipway.dev/canary":"true"}},"spec":{
                 "containers":[{"image":"ghcr.io/acme/shop:1","imagePullPolicy":"IfNotPresent"}]}}""");

        assertThat(patch(response).path(1)).isEqualTo(JSON.readTree("""
                        {"op":"add","path":"/spec/containers/0/imagePullPolicy","value":"Always"}"""));
    }

    @Test
    void passesWhatIsNotSlipways() throws IOException {
        assertThat(admit("{\"spec\":{\"containers\":[{\"image\":\"nginx\"}]}}").has("patch"))
                .isFalse();
        assertThat(admit("{}").has("patch")).isFalse();
        assertThat(admit("\"a text\"").has("patch")).isFalse();
        assertThat(passed).hasValue(0);
    }

    @Test
    void passesEverythingUnchangedAndCountsItUntilAllTagsWereRead() throws IOException {
        ready = false;

        assertThat(admit("{\"spec\":{\"containers\":[{\"image\":\"ghcr.io/acme/shop:1\"}]}}")
                        .has("patch"))
                .isFalse();

        assertThat(passed).hasValue(1);
    }

    @Test
    void answersNothingToWhatIsNoReview() {
        assertThat(admitPod.admit("{}".getBytes(UTF_8))).isEmpty();
        assertThat(admitPod.admit("nonsense".getBytes(UTF_8))).isEmpty();
    }
}
