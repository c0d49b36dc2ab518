package dev.slipway.gateway.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.Event;
import dev.slipway.events.ProgressEvent.BuildDeadlinePassed;
import dev.slipway.events.ProgressEvent.BuildPlanned;
import dev.slipway.events.ProgressEvent.PlatformBuilt;
import dev.slipway.events.PublishEvent.ImagePublishFailed;
import dev.slipway.events.PublishEvent.ImageSuperseded;
import dev.slipway.events.RequestEvent.BuildRequested;
import dev.slipway.events.RequestEvent.CopyRequested;
import dev.slipway.events.RequestEvent.IndexChangeRequested;
import dev.slipway.events.RequestEvent.RollbackRequested;
import dev.slipway.events.RequestEvent.WarmupRequested;
import dev.slipway.events.WarmupEvent.WarmupFailed;
import dev.slipway.gateway.builds.BuildChange;
import dev.slipway.gateway.builds.BuildChange.Problem;
import dev.slipway.gateway.builds.BuildChange.Target;
import dev.slipway.kit.events.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Payloads as they lie in the log, and what they mean for a build. */
class BuildChangesTest {

    private static final String DIGEST = "sha256:" + "1".repeat(64);
    private static final String OLD = "sha256:" + "2".repeat(64);
    private static final String TARGET = """
            {"reference":"ghcr.io/acme/shop:1","state":"UNDONE","digest":"%s","previousDigest":"%s","bytesSent":1,
             "bytesMounted":0,"requests":3,"duration":"PT1S",
             "failure":{"code":"TAG_IMMUTABLE","message":"ghcr.io refused","concerns":"ghcr.io","retryable":false}}""".formatted(OLD, OLD);
    private static final Target MEANT = new Target(
            "ghcr.io/acme/shop:1",
            "UNDONE",
            Optional.of(OLD),
            Optional.of(OLD),
            Optional.of(new Problem("TAG_IMMUTABLE", "ghcr.io refused", Optional.of("ghcr.io"), false)));

    @Test
    void requestNamesItsTagsAndClusters() {
        assertThat(change(BuildRequested.class, """
                        {"source":{"git":{"url":"u","revision":"%s"}},"platforms":"linux/amd64","tags":["a:1","b:1"],
                         "warmup":{"clusters":["eu"]},"requester":"ci"}""".formatted("a".repeat(40))))
                .contains(new BuildChange.Requested(List.of("a:1", "b:1"), List.of("eu"), Optional.of("ci")));
    }

    @Test
    void changeOfAnIndexGoesWhereTheIndexIsUnlessTold() {
        assertThat(change(IndexChangeRequested.class, "{\"reference\":\"a:1\",\"remove\":[\"linux/arm64\"]}"))
                .contains(new BuildChange.Requested(List.of("a:1"), List.of(), Optional.empty()));
        assertThat(change(IndexChangeRequested.class, "{\"reference\":\"a:1\",\"tags\":[\"a:2\",\"b:2\"]}"))
                .contains(new BuildChange.Requested(List.of("a:2", "b:2"), List.of(), Optional.empty()));
    }

    @Test
    void planNamesItsPlatforms() {
        assertThat(change(BuildPlanned.class, """
                        {"buildId":"b","platforms":["linux/amd64"],"optionalPlatforms":["linux/arm/v7"],
                         "deadline":"2026-03-02T12:00:00Z"}"""))
                .contains(new BuildChange.Planned(List.of("linux/amd64"), List.of("linux/arm/v7")));
    }

    @Test
    void builtPlatformHasADigest() {
        assertThat(change(PlatformBuilt.class, """
                        {"buildId":"b","attempt":2,"image":{"platform":"linux/amd64","manifest":
                         {"mediaType":"m","digest":"%s","size":1},"referrers":[]},"worker":"w","builder":"embedded",
                         "emulated":true,"reused":true,"startedAt":"2026-03-02T12:00:00Z",
                         "finishedAt":"2026-03-02T12:00:01Z"}""".formatted(DIGEST)))
                .contains(new BuildChange.Built(
                        "linux/amd64",
                        2,
                        "w",
                        true,
                        true,
                        DIGEST,
                        Instant.parse("2026-03-02T12:00:00Z"),
                        Instant.parse("2026-03-02T12:00:01Z")));
    }

    @Test
    void failedPublishShowsEveryTarget() {
        assertThat(change(ImagePublishFailed.class, "{\"buildId\":\"b\",\"failures\":[],\"targets\":[" + TARGET + "]}"))
                .contains(new BuildChange.PublishFailed(List.of(), List.of(MEANT)));
    }

    @Test
    void supersededBuildNamesTheOther() {
        assertThat(change(
                        ImageSuperseded.class,
                        "{\"buildId\":\"b\",\"supersededBy\":\"c\",\"targets\":[" + TARGET + "]}"))
                .contains(new BuildChange.Superseded("c", List.of(MEANT)));
    }

    @Test
    void rollbackIsAskedForATag() {
        assertThat(change(
                        RollbackRequested.class,
                        "{\"reference\":\"a.test/x:1\",\"to\":\"previous\",\"requester\":\"ops\"}"))
                .contains(new BuildChange.Requested(List.of("a.test/x:1"), List.of(), Optional.of("ops")));
    }

    @Test
    void warmUpNamesItsImageAndClusters() {
        assertThat(change(WarmupRequested.class, "{\"reference\":\"a:1\",\"warmup\":{\"clusters\":[\"eu\"]}}"))
                .contains(new BuildChange.WarmupRequested("a:1", List.of("eu"), Optional.empty()));
    }

    @Test
    void copyIsAskedForItsTargets() {
        assertThat(change(CopyRequested.class, "{\"source\":\"a.test/x:1\",\"targets\":[\"b.test/x:1\"]}"))
                .contains(new BuildChange.Requested(List.of("b.test/x:1"), List.of(), Optional.empty()));
    }

    @Test
    void failedWarmupHasReasons() {
        assertThat(change(WarmupFailed.class, """
                        {"buildId":"b","cluster":"eu","digest":"%s","failures":[
                         {"code":"NODE_PULL_FAILED","message":"web-7: 401","retryable":true}]}""".formatted(DIGEST)))
                .contains(new BuildChange.WarmupFailed(
                        "eu", List.of(new Problem("NODE_PULL_FAILED", "web-7: 401", Optional.empty(), true))));
    }

    @Test
    void whatTheStateDoesNotShowChangesNothing() {
        assertThat(change(BuildDeadlinePassed.class, "{\"buildId\":\"b\",\"deadline\":\"2026-03-02T12:00:00Z\"}"))
                .isEmpty();
    }

    private static Optional<BuildChange> change(Class<? extends Event> type, String json) {
        try {
            return BuildChanges.of(EventJson.mapper().readValue(json, type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
