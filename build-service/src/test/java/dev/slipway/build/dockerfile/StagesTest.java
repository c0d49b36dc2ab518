package dev.slipway.build.dockerfile;

import static dev.slipway.build.dockerfile.Parsed.dockerfile;
import static dev.slipway.build.dockerfile.Parsed.error;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StagesTest {

    private static Stage stage(String from) {
        return dockerfile(from).stages().getFirst();
    }

    @Test
    void putsInstructionsIntoTheStageAboveThem() {
        Dockerfile file =
                dockerfile("ARG v=1", "FROM a", "USER x", "ARG v", "FROM b AS second", "FROM a", "USER y", "USER z");

        assertThat(file.globals()).hasSize(1);
        assertThat(file.stages()).extracting(Stage::index).containsExactly(0, 1, 2);
        assertThat(file.stages()).extracting(Stage::label).containsExactly("stage-0", "second", "stage-2");
        assertThat(file.stages())
                .extracting(stage -> stage.instructions().size())
                .containsExactly(2, 0, 2);
        assertThat(file.stages().get(1).from().position(0)).isEqualTo("Dockerfile:5:1");
    }

    @Test
    void takesImageAndPlatformAsTheyStand() {
        Stage stage = stage("FROM --platform=$BUILDPLATFORM docker.io/library/alpine:${v:-3}@sha256:00 AS build");

        assertThat(stage.base().text()).isEqualTo("docker.io/library/alpine:${v:-3}@sha256:00");
        assertThat(stage.platform()).hasToString("$BUILDPLATFORM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FROM a", "FROM --platform= a", "FROM -- a"})
    void hasNoPlatformWhereNoneIsGiven(String from) {
        assertThat(stage(from).platform()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"build, build", "BUILD, build", "b, b", "a-b_c.d9, a-b_c.d9"})
    void takesNamesInLowerCase(String written, String name) {
        assertThat(stage("FROM scratch As " + written).name()).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9build", "-b", "_b", "b/c", "b:c", "bü", "$b", "\"b\""})
    void refusesOtherNames(String name) {
        assertThat(error("FROM scratch AS " + name))
                .isEqualTo(("Dockerfile:1:17: '%s' is no name of a stage; expected a letter, then letters, digits,"
                                + " '_', '.' and '-'")
                        .formatted(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FROM               | 1:5: FROM has no argument; expected an image",
                "FROM a b           | 1:8: expected 'AS name' or the end of the line after the image",
                "FROM a # comment   | 1:8: expected 'AS name' or the end of the line after the image",
                "FROM a AS          | 1:10: FROM … AS has no name; expected the stage's name",
                "FROM a AS b c      | 1:13: expected the end of the line after the stage's name",
                "FROM --os=x a      | 1:6: FROM has no flag '--os'; expected --platform",
                "FROM --platform a  | 1:6: the flag '--platform' needs a value; expected '--platform=…'",
                "FROM --platform=a --platform=b c | 1:19: the flag '--platform' comes a second time; expected once",
                "FROM a${b          | 1:7: expected '}' to close '${b', in 'a${b'",
                "FROM --platform=${ a | 1:17: expected a name after '${', in '${'",
            })
    void saysWhereAFromIsWrong(String from, String message) {
        assertThat(error(from)).isEqualTo("Dockerfile:" + message);
    }

    @Test
    void tellsTheFirstErrorFirst() {
        assertThat(error("FROM", "NOTHING")).startsWith("Dockerfile:1:5: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER a", "RUN a", "COPY a b"})
    void refusesInstructionsBeforeTheFirstStage(String line) {
        assertThat(error("ARG a", "", " " + line, "FROM scratch"))
                .isEqualTo("Dockerfile:3:2: %s before the first stage; expected FROM or ARG"
                        .formatted(line.substring(0, line.indexOf(' '))));
    }
}
