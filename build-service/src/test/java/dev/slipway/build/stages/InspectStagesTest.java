package dev.slipway.build.stages;

import static dev.slipway.build.stages.Graphs.AMD64;
import static dev.slipway.build.stages.Graphs.ARM_V7;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.DockerfileInspector.Findings;
import dev.slipway.build.DockerfileInspector.Options;
import dev.slipway.build.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InspectStagesTest {

    @Test
    void findsTheBasesOfEachPlatform() {
        Findings findings = inspect(
                Map.of(),
                "FROM --platform=$BUILDPLATFORM golang AS build",
                "FROM alpine:$TARGETARCH AS unknown",
                "FROM debian",
                "COPY --from=build /a /a",
                "COPY --from=busybox /b /b");

        // an argument of the platform is known in FROM without a declaration, but nothing needs that stage
        assertThat(findings.bases())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        AMD64, Set.of("golang", "debian", "busybox"),
                        ARM_V7, Set.of("debian", "busybox")));
    }

    @Test
    void findsAnImageOfTheBuildPlatformUnderItsOwnPlatform() {
        Options options = new Options("Dockerfile", List.of(ARM_V7), null, Map.of());

        Findings findings = new InspectStages()
                .inspect(Graphs.text("FROM --platform=$BUILDPLATFORM golang", "COPY --from=busybox / /"), options);

        assertThat(findings.bases())
                .containsExactlyInAnyOrderEntriesOf(Map.of(AMD64, Set.of("golang"), ARM_V7, Set.of("busybox")));
    }

    @Test
    void findsNoBaseInWhatStartsFromNothing() {
        assertThat(inspect(Map.of(), "FROM scratch", "COPY --from=scratch / /").bases())
                .isEmpty();
    }

    @Test
    void saysWhatOnlyOtherBuildersCanDo() {
        Findings findings =
                inspect(Map.of(), "FROM scratch AS unused", "RUN make", "FROM scratch", "COPY a b", "RUN true");

        assertThat(findings.requirements())
                .containsExactly(new Requirement(
                        "Dockerfile:5:1: RUN runs a command, and the embedded builder runs none; builders that can: buildkit, buildah",
                        Set.of("buildkit", "buildah")));
    }

    @Test
    void findsImagesAndStagesThatOnlyMountsAndRefusedCopiesName() {
        Findings findings = inspect(
                Map.of(),
                "FROM tools AS tools",
                "FROM scratch",
                "RUN --mount=type=bind,from=tools,target=/t --mount=from=alpine,target=/a /t/make",
                "COPY --from=busybox --parents a b");

        assertThat(findings.bases().get(AMD64)).containsExactlyInAnyOrder("tools", "alpine", "busybox");
    }

    @Test
    void takesABuildArgumentForTheFrontend() {
        Findings findings =
                inspect(Map.of("BUILDKIT_SYNTAX", "evil.example/x:1 --arg"), "# syntax=other", "FROM scratch");

        assertThat(findings.syntax()).contains("evil.example/x:1");
        assertThat(findings.requirements()).extracting(Requirement::builders).containsOnly(Set.of("buildkit"));
        assertThat(inspect(Map.of(), "# syntax=docker/dockerfile:1", "FROM scratch")
                        .syntax())
                .isEmpty();
    }

    @Test
    void warnsOfArgumentsThatNothingDeclares() {
        Findings findings = inspect(
                Map.of(
                        "GLOBAL", "1",
                        "LOCAL", "1",
                        "TYPO", "1",
                        "HTTP_PROXY", "1",
                        "SOURCE_DATE_EPOCH", "1",
                        "BUILDKIT_INLINE_CACHE", "1"),
                "ARG GLOBAL",
                "FROM scratch AS unused",
                "ARG LOCAL",
                "FROM scratch");

        assertThat(findings.warnings()).containsExactly("build argument 'TYPO' is declared nowhere in Dockerfile");
    }

    private static Findings inspect(Map<String, String> buildArgs, String... lines) {
        Options options = new Options("Dockerfile", List.of(AMD64, ARM_V7), null, buildArgs);
        return new InspectStages().inspect(Graphs.text(lines), options);
    }
}
