package dev.slipway.build.stages;

import static dev.slipway.build.stages.Graphs.ARM_V7;
import static dev.slipway.build.stages.Graphs.base;
import static dev.slipway.build.stages.Graphs.error;
import static dev.slipway.build.stages.Graphs.graph;
import static dev.slipway.build.stages.Graphs.order;
import static dev.slipway.build.stages.Graphs.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.build.BuildException;
import dev.slipway.oci.Platform;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageGraphTest {

    @Test
    void buildsTheLastStageWhereNoneIsNamed() {
        assertThat(order(graph("FROM scratch AS one", "FROM scratch AS two"))).containsExactly("two");
    }

    @ParameterizedTest
    @CsvSource({"one,one", "ONE,one", "0,one", "1,stage-1", "two,two", "2,two"})
    void findsTheTargetByNameOrIndex(String target, String expected) {
        StageGraph graph = graph(target, Map.of(), "FROM scratch AS one", "FROM scratch", "FROM scratch AS Two");

        assertThat(order(graph)).containsExactly(expected);
    }

    @Test
    void namesTheStagesThereAreWhereTheTargetIsNone() {
        assertThatThrownBy(() -> graph("tests", Map.of(), "FROM scratch AS one", "FROM scratch"))
                .isInstanceOf(BuildException.class)
                .hasMessage("there is no stage 'tests' to build; the Dockerfile has one, stage-1")
                .extracting(e -> ((BuildException) e).reason())
                .isEqualTo(BuildException.Reason.DOCKERFILE_INVALID);
    }

    @Test
    void buildsFirstWhatOthersNeed() {
        StageGraph graph = graph(
                "FROM scratch AS base",
                "FROM base AS tools",
                "FROM base AS unused",
                "FROM scratch",
                "COPY --from=tools /a /a",
                "COPY --from=base /b /b");

        assertThat(order(graph)).containsExactly("base", "tools", "stage-3");
    }

    @Test
    void doesNotLookAtImagesOfStagesThatNothingNeeds() {
        StageGraph graph = graph("FROM alpine AS unused", "COPY --from=busybox /a /a", "FROM scratch");

        assertThat(graph.images()).isEmpty();
    }

    @Test
    void startsFromTheStageOfThatNameBeforeIt() {
        StageGraph graph = graph("FROM scratch AS a", "FROM scratch AS a", "FROM a", "FROM scratch AS a");

        assertThat(base(graph("2", Map.of(), "FROM scratch AS a", "FROM scratch AS a", "FROM a")))
                .isEqualTo(new Origin.OfStage(1));
        assertThat(order(graph)).containsExactly("a");
    }

    @Test
    void takesANameOfALaterStageForAnImage() {
        assertThat(base(graph("0", Map.of(), "FROM later", "FROM scratch AS later")))
                .isEqualTo(new Origin.OfImage("later", ARM_V7));
    }

    @Test
    void takesAStageOverAnEmptyBase() {
        assertThat(base(graph("FROM alpine AS scratch", "FROM scratch"))).isEqualTo(new Origin.OfStage(0));
    }

    @Test
    void expandsArgumentsInFrom() {
        String[] lines = {"ARG VERSION=3.20", "ARG IMAGE=alpine:$VERSION", "FROM ${IMAGE}"};

        assertThat(base(graph(lines))).isEqualTo(new Origin.OfImage("alpine:3.20", ARM_V7));
        assertThat(base(graph(null, Map.of("VERSION", "3.21"), lines)))
                .isEqualTo(new Origin.OfImage("alpine:3.21", ARM_V7));
        assertThat(base(graph(null, Map.of("IMAGE", "busybox"), lines)))
                .isEqualTo(new Origin.OfImage("busybox", ARM_V7));
    }

    @Test
    void ignoresRequestedArgumentsThatNoLineDeclares() {
        assertThat(error("FROM alpine:${VERSION:?wanted}")).contains("Dockerfile:1:24", "wanted");
        assertThatThrownBy(() -> graph(null, Map.of("BASE", "alpine"), "FROM $BASE"))
                .hasMessageContaining("Dockerfile:1:6: the base image '$BASE' is empty after expansion");
    }

    @ParameterizedTest
    @CsvSource({
        "$BUILDPLATFORM, linux/amd64",
        "$TARGETPLATFORM, linux/arm/v7",
        "linux/$TARGETARCH, linux/arm/v7",
        "$TARGETOS/$TARGETARCH/$TARGETVARIANT, linux/arm/v7",
        "linux/aarch64, linux/arm64",
    })
    void takesTheBaseOfAnotherPlatform(String platform, String expected) {
        assertThat(base(graph("FROM --platform=" + platform + " alpine")))
                .isEqualTo(new Origin.OfImage("alpine", Platform.parse(expected)));
    }

    @Test
    void quotesAPlatformThatIsNone() {
        assertThat(error("FROM --platform=linux/foo/bar/baz alpine"))
                .startsWith("Dockerfile:1:17: --platform is 'linux/foo/bar/baz': ");
    }

    @Test
    void refusesWhatFromSaysEvenInAStageThatNothingNeeds() {
        assertThat(error("FROM $NOTHING AS unused", "FROM scratch")).startsWith("Dockerfile:1:6: ");
        assertThat(error("FROM --platform=nope alpine AS unused", "FROM scratch"))
                .startsWith("Dockerfile:1:17: ");
    }

    @Test
    void copiesFromStagesByNameAndIndex() {
        Origin expected = new Origin.OfStage(1);

        assertThat(source(graph("FROM scratch", "FROM scratch AS b", "FROM scratch", "COPY --from=b / /")))
                .isEqualTo(expected);
        assertThat(source(graph("FROM scratch", "FROM scratch AS b", "FROM scratch", "COPY --from=B / /")))
                .isEqualTo(expected);
        assertThat(source(graph("FROM scratch", "FROM scratch AS b", "FROM scratch", "COPY --from=1 / /")))
                .isEqualTo(expected);
    }

    @Test
    void copiesFromImagesOfTheTargetPlatform() {
        assertThat(source(graph("FROM --platform=linux/amd64 alpine", "COPY --from=busybox:1 /bin /bin")))
                .isEqualTo(new Origin.OfImage("busybox:1", ARM_V7));
    }

    @Test
    void copiesFromTheContextAndFromNothing() {
        assertThat(source(graph("FROM scratch", "COPY a b"))).isEqualTo(new Origin.Context());
        assertThat(source(graph("FROM scratch", "COPY --from=scratch / b"))).isEqualTo(new Origin.Scratch());
    }

    @Test
    void saysWhichStagesThereAreWhereAnIndexIsTooHigh() {
        assertThat(error("FROM scratch", "COPY --from=3 / /"))
                .isEqualTo("Dockerfile:2:13: there is no stage 3; expected 0 to 0");
    }

    @Test
    void refusesStagesThatNeedThemselves() {
        assertThat(error("FROM scratch AS a", "COPY --from=a / /"))
                .isEqualTo("Dockerfile:1:1: stage 'a' needs itself: a needs a");
        assertThat(error("FROM scratch AS a", "COPY --from=c / /", "FROM a AS b", "FROM b AS c", "FROM c"))
                .isEqualTo("Dockerfile:4:1: stage 'c' needs itself: c needs b needs a needs c");
    }

    @Test
    void refusesToCopyFromALaterStage() {
        assertThat(error("FROM scratch AS a", "COPY --from=b / /", "FROM scratch AS b", "FROM a"))
                .isEqualTo("Dockerfile:2:13: 'b' is a later stage; expected one before stage 'a'");
    }
}
