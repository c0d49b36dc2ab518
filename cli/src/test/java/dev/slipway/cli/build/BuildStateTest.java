package dev.slipway.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.build.BuildOptions.WaitFor;
import dev.slipway.cli.gateway.ReceivedEvent;
import dev.slipway.cli.json.Json;
import dev.slipway.cli.progress.Row;
import dev.slipway.cli.progress.Row.State;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.events.EventType;
import dev.slipway.oci.Platform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildStateTest {
    private static final Instant BEGAN = Instant.parse("2026-03-02T09:14:00Z");
    private static final String INDEX = "sha256:" + "a".repeat(64);

    private final BuildState state = state(WaitFor.PUBLISHED);

    @Test
    void tellsTheStagesFromTheTimesOfTheEvents() {
        state.accepted(BEGAN);
        apply(EventType.BUILD_PLANNED, 100, "{}");
        apply(
                EventType.PLATFORM_BUILD_STARTED,
                110,
                "{'platform':'linux/amd64','worker':'w','builder':'embedded','attempt':1}");
        built("linux/amd64", 110, 400);
        built("linux/arm64", 120, 500);
        apply(EventType.IMAGE_ASSEMBLED, 530, "{'index':{'digest':'" + INDEX + "'}}");
        apply(EventType.IMAGE_PUBLISHED, 700, "{'index':{'digest':'" + INDEX + "'},'targets':[]}");

        assertThat(took("plan")).isEqualTo(Duration.ofMillis(100));
        assertThat(took("linux/amd64")).isEqualTo(Duration.ofMillis(290));
        assertThat(took("linux/arm64")).isEqualTo(Duration.ofMillis(380));
        assertThat(took("assemble")).isEqualTo(Duration.ofMillis(30));
        assertThat(took("publish")).isEqualTo(Duration.ofMillis(170));
        assertThat(state.outcome()).containsInstanceOf(Outcome.Published.class);
    }

    @Test
    void keepsWhatItKnowsWhenEventsComeAgainOrLate() {
        state.accepted(BEGAN);
        built("linux/amd64", 110, 400);
        List<Row> before = state.rows();

        built("linux/amd64", 110, 900);
        apply(EventType.PLATFORM_BUILD_STARTED, 950, "{'platform':'linux/amd64','worker':'w','builder':'b'}");
        apply(
                EventType.PLATFORM_BUILD_FAILED,
                960,
                "{'platform':'linux/amd64','failure':{'code':'X','message':'late'}}");

        assertThat(state.rows()).isEqualTo(before);
    }

    @Test
    void endsWithTheIndexWhereNothingMoreIsWaitedFor() {
        BuildState assembled = state(WaitFor.ASSEMBLED);

        assembled.apply(event(
                EventType.IMAGE_ASSEMBLED,
                1,
                "{'index':{'digest':'" + INDEX + "'},'missingPlatforms':['linux/s390x']}"));

        assertThat(assembled.outcome())
                .map(outcome -> ((Outcome.Assembled) outcome).missingPlatforms())
                .contains(List.of("linux/s390x"));
        assertThat(assembled.rows()).extracting(Row::name).doesNotContain("publish");
    }

    @Test
    void tellsWhyABuildWasRejected() {
        apply(
                EventType.BUILD_REJECTED,
                5,
                "{'failures':[{'code':'DOCKERFILE_INVALID','message':'Dockerfile:3:1: oops'}]}");

        Outcome.Failed failed = (Outcome.Failed) state.outcome().orElseThrow();
        assertThat(failed.reasons()).containsExactly("DOCKERFILE_INVALID: Dockerfile:3:1: oops");
        assertThat(failed.exit()).isEqualTo(ExitCode.BUILD_FAILED);
        assertThat(state.rows())
                .filteredOn(row -> row.name().equals("plan"))
                .extracting(Row::state)
                .containsExactly(new State.Failed());
    }

    @Test
    void showsThePlaceOfWhatWaitsForAWorker() {
        apply(EventType.PLATFORM_BUILD_WAITING, 1, "{'platform':'linux/amd64','pool':'gpu','position':3,'waiting':12}");

        assertThat(state.rows())
                .filteredOn(row -> row.name().equals("linux/amd64"))
                .extracting(Row::detail)
                .containsExactly("waits for a worker, 3 of 12 in pool gpu");
    }

    @Test
    void tellsADeadlineFromOtherFailures() {
        apply(EventType.IMAGE_ASSEMBLY_FAILED, 5, "{'failures':[{'code':'DEADLINE_EXCEEDED','message':'too late'}]}");

        assertThat(state.outcome())
                .map(outcome -> ((Outcome.Failed) outcome).exit())
                .contains(ExitCode.TIMEOUT);
    }

    @Test
    void showsWhatTheGateSaysWhenItSaysIt() {
        apply(EventType.POLICY_DECIDED, 5, """
                {'decision':'denied','violations':[
                  {'rule':'no-root','action':'deny','platform':'linux/amd64','message':'the user is root'},
                  {'rule':'labels','action':'warn','message':'no label'}]}""");

        assertThat(state.rows())
                .contains(
                        new Row("policy no-root linux/amd64", new State.Failed(), "the user is root"),
                        new Row("policy labels", new State.Warned(), "no label"));
        assertThat(state.outcome()).isEmpty();
    }

    @Test
    void tellsADenialFromOtherFailures() {
        apply(EventType.IMAGE_ASSEMBLY_FAILED, 5, "{'failures':[{'code':'POLICY_DENIED','message':'no root'}]}");

        assertThat(state.outcome())
                .map(outcome -> ((Outcome.Failed) outcome).exit())
                .contains(ExitCode.DENIED);
    }

    @Test
    void tellsThatATenantMayNotMoveATagFromOtherFailures() {
        apply(EventType.IMAGE_PUBLISH_FAILED, 5, "{'failures':[{'code':'ACCESS_DENIED','message':'not yours'}]}");

        assertThat(state.outcome())
                .map(outcome -> ((Outcome.Failed) outcome).exit())
                .contains(ExitCode.DENIED);
    }

    @Test
    void tellsHowEachTargetOfAFailedPublishWasLeft() {
        apply(EventType.IMAGE_PUBLISH_FAILED, 5, """
                {'failures':[{'code':'REGISTRY_REFUSED','message':'b said no'}],
                 'targets':[{'reference':'a/x:1','state':'UNDONE'},
                            {'reference':'b/x:1','state':'UNTOUCHED','failure':{'code':'REGISTRY_REFUSED','message':'405'}}]}""");

        assertThat(((Outcome.Failed) state.outcome().orElseThrow()).reasons())
                .containsExactly(
                        "REGISTRY_REFUSED: b said no", "a/x:1 is UNDONE", "b/x:1 is UNTOUCHED: REGISTRY_REFUSED: 405");
    }

    @Test
    void hearsTheFirstEndOnly() {
        apply(EventType.IMAGE_SUPERSEDED, 5, "{'supersededBy':'f00'}");
        apply(EventType.IMAGE_PUBLISHED, 6, "{'index':{},'targets':[]}");

        assertThat(state.outcome())
                .map(outcome -> ((Outcome.Failed) outcome).what())
                .hasValueSatisfying(what -> assertThat(what).contains("f00"));
    }

    private static BuildState state(WaitFor waitFor) {
        return new BuildState(List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64")), waitFor);
    }

    private Duration took(String row) {
        return state.rows().stream()
                .filter(candidate -> candidate.name().equals(row))
                .map(candidate -> ((State.Done) candidate.state()).took())
                .findFirst()
                .orElseThrow();
    }

    private void built(String platform, int fromMillis, int toMillis) {
        apply(
                EventType.PLATFORM_BUILT,
                toMillis,
                "{'image':{'platform':'%s'},'startedAt':'%s','finishedAt':'%s'}"
                        .formatted(platform, BEGAN.plusMillis(fromMillis), BEGAN.plusMillis(toMillis)));
    }

    private void apply(EventType type, int millis, String data) {
        state.apply(event(type, millis, data));
    }

    private static ReceivedEvent event(EventType type, int millis, String data) {
        JsonNode envelope = Json.read(
                        "{\"time\":\"%s\",\"data\":%s}".formatted(BEGAN.plusMillis(millis), data.replace('\'', '"')))
                .orElseThrow();
        return new ReceivedEvent("", Optional.of(type), envelope);
    }
}
