package dev.slipway.build.dockerfile;

import static dev.slipway.build.dockerfile.Parsed.error;
import static dev.slipway.build.dockerfile.Parsed.instruction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.BuildException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all instructions have in common, and those that the embedded builder does not do. */
class InstructionsTest {
    private static final String ALL = "expected one of ADD, ARG, CMD, COPY, ENTRYPOINT, ENV, EXPOSE, FROM, HEALTHCHECK,"
            + " LABEL, MAINTAINER, ONBUILD, RUN, SHELL, STOPSIGNAL, USER, VOLUME, WORKDIR";

    @ParameterizedTest
    @CsvSource({"COPPY, COPY", "Cpoy, COPY", "EXPORT, EXPOSE", "ENVV, ENV", "work_dir, WORKDIR", "RUM, RUN"})
    void suggestsAnInstructionThatIsSimilar(String unknown, String known) {
        assertThat(error("FROM scratch", "  " + unknown + " a"))
                .isEqualTo("Dockerfile:2:3: unknown instruction '%s' (did you mean %s?); %s", unknown, known, ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOOBAR", "//", "<<<<<<<", "RUN\u00A0"})
    void suggestsNothingWhereNothingIsSimilar(String unknown) {
        assertThat(error("FROM scratch", "NOTHING " + unknown))
                .isEqualTo("Dockerfile:2:1: unknown instruction 'NOTHING'; %s", ALL);
    }

    @Test
    void findsUnknownInstructionsBelowAContinuation() {
        assertThat(error("FROM scratch", "ENV a=1 \\", "", "USER b", "\\", "  HELLO"))
                .as("the line is one: ENV with three words")
                .isEqualTo("Dockerfile:4:1: expected name=value, found 'USER'");
        assertThat(error("FROM scratch", "\\", "  HELLO")).startsWith("Dockerfile:3:3: unknown instruction 'HELLO'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RUN a && b                     | RUN runs a command, and the embedded builder runs none",
                "RUN [\"a\"]                    | RUN runs a command, and the embedded builder runs none",
                "run --mount=type=x --mount=type=y --network=none --security=insecure a | RUN runs a command, and the embedded builder runs none",
                "ONBUILD RUN a                  | ONBUILD is not done by the embedded builder",
                "ONBUILD copy --from=x a b      | ONBUILD is not done by the embedded builder",
                "MAINTAINER me <me@example.com> | MAINTAINER is deprecated and not done by the embedded builder; use LABEL",
            })
    void saysWhichInstructionsAreBeyondTheEmbeddedBuilder(String line, String why) {
        assertThat(instruction(Instruction.Beyond.class, "  " + line).why())
                .isEqualTo("Dockerfile:2:3: %s; builders that can: buildkit, buildah", why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RUN --mnt=x a      | :5: RUN has no flag '--mnt'; expected --mount, --network, --security, --device",
                "RUN [\"a\", 1]     | :11: the exec form takes strings only; expected '\"'",
                "ONBUILD            | :8: ONBUILD has no argument; expected an instruction",
                "ONBUILD onbuild RUN a | :9: ONBUILD takes no ONBUILD; expected another instruction",
                "ONBUILD from a     | :9: ONBUILD takes no FROM; expected another instruction",
                "ONBUILD MAINTAINER a | :9: ONBUILD takes no MAINTAINER; expected another instruction",
                "ONBUILD --x RUN a  | :9: ONBUILD has no flag '--x'; expected none",
                "MAINTAINER         | :11: MAINTAINER has no argument; expected a name",
            })
    void refusesThemWhereTheyAreWrong(String line, String message) {
        assertThat(error("FROM scratch", line)).isEqualTo("Dockerfile:2" + message);
    }

    @Test
    void separatesKeywordsByAnyBlank() {
        assertThat(instruction(Instruction.User.class, "USER\tme").user().text())
                .isEqualTo("me");
        assertThat(instruction(Instruction.User.class, "USER\u000B me").user().text())
                .isEqualTo("me");
    }

    @Test
    void keepsBlanksThatAreNotAscii() {
        assertThat(instruction(Instruction.Copy.class, "COPY a\u3000b /c").sources())
                .singleElement()
                .extracting(Word::text)
                .isEqualTo("a\u3000b");
    }

    @Test
    void saysThatSomethingIsUnsupportedWithItsPlace() {
        LogicalLine line =
                instruction(Instruction.User.class, "USER a \\", " b").line();

        BuildException e = line.unsupported(line.text().indexOf('b'), "not here");

        assertThat(e.reason()).isEqualTo(BuildException.Reason.DOCKERFILE_UNSUPPORTED);
        assertThat(e).hasMessage("Dockerfile:3:2: not here");
    }
}
