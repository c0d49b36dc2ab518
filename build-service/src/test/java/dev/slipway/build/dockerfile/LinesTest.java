package dev.slipway.build.dockerfile;

import static dev.slipway.build.dockerfile.Parsed.dockerfile;
import static dev.slipway.build.dockerfile.Parsed.error;
import static dev.slipway.build.dockerfile.Parsed.instruction;
import static dev.slipway.build.dockerfile.Parsed.instructions;
import static dev.slipway.build.dockerfile.Parsed.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {

    @Test
    void joinsContinuedLinesWithNothingBetween() {
        var user = instruction(Instruction.User.class, "USER he\\", "llo\\", "\\", "world");

        assertThat(user.user().text()).isEqualTo("helloworld");
    }

    @Test
    void keepsBlanksAtTheStartOfContinuedLines() {
        var cmd = instruction(Instruction.Cmd.class, "CMD a &&\\", "   b");

        assertThat(cmd.command()).isEqualTo(new Command.Shell("a &&   b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER a\\  ", "USER a\\\t", "USER a\\\r", "USER a\\ \t\r"})
    void continuesThoughBlanksFollowTheEscape(String first) {
        assertThat(instruction(Instruction.User.class, first, "b").user().text())
                .isEqualTo("ab");
    }

    @Test
    void doesNotContinueBehindAnEscapedEscape() {
        var all = instructions("FROM scratch", "ENV A trailing\\\\", "ENV B next");

        assertThat(all).hasSize(2);
        assertThat(((Instruction.Env) all.getFirst()).pairs().getFirst().value().text())
                .isEqualTo("trailing\\\\");
    }

    @Test
    void leavesCommentsOutOfContinuedLines() {
        var env = instruction(
                Instruction.Env.class,
                "ENV a=1 \\",
                "# a comment \\",
                "    # an indented one",
                "    b=2 \\",
                "# the last",
                "    c=3");

        assertThat(env.pairs()).extracting(pair -> pair.name().text()).containsExactly("a", "b", "c");
    }

    @Test
    void warnsOfBlankLinesInContinuedLines() {
        Dockerfile file = dockerfile("FROM scratch", "ENV a=1 \\", "", "  \t", "  b=2");

        assertThat(file.stages().getFirst().instructions()).hasSize(1);
        assertThat(file.warnings())
                .containsExactly("Dockerfile:3: empty continuation line", "Dockerfile:4: empty continuation line");
    }

    @Test
    void takesAContinuationAtTheEndOfTheFileForTheEnd() {
        assertThat(instruction(Instruction.User.class, "USER a\\").user().text())
                .isEqualTo("a");
    }

    @Test
    void takesAKeywordFromTheLineBelowALoneEscape() {
        Dockerfile file = dockerfile("\\", "  FROM alpine");

        assertThat(file.stages().getFirst().base().text()).isEqualTo("alpine");
    }

    @Test
    void ignoresCommentsAndBlankLinesAndIndentation() {
        Dockerfile file = dockerfile("", "# comment", "  # another \\", "", "  FROM alpine", "\t user  me  ", "#");

        assertThat(file.stages()).hasSize(1);
        assertThat(file.warnings()).isEmpty();
        var user = (Instruction.User) file.stages().getFirst().instructions().getFirst();
        assertThat(user.user().text()).isEqualTo("me");
    }

    @Test
    void takesANumberSignWithinALineForText() {
        assertThat(instruction(Instruction.Cmd.class, "CMD a # b").command()).isEqualTo(new Command.Shell("a # b"));
    }

    @Test
    void readsFilesWithCarriageReturns() {
        Dockerfile file =
                dockerfile("# escape=`\r", "FROM alpine\r", "EXPOSE 80 `\r", "   81\r", "\r", "USER me\r", "");

        var all = file.stages().getFirst().instructions();
        assertThat(texts(((Instruction.Expose) all.getFirst()).ports())).containsExactly("80", "81");
        assertThat(((Instruction.User) all.getLast()).user().text()).isEqualTo("me");
    }

    @Test
    void readsFilesWithAByteOrderMark() {
        Dockerfile file = Dockerfile.parse("f", "\uFEFF# escape=`\nFROM alpine\nUSER a\\".getBytes(UTF_8));

        var user = (Instruction.User) file.stages().getFirst().instructions().getFirst();
        assertThat(user.user().text()).isEqualTo("a\\");
    }

    @Test
    void keepsCharactersOfManyBytes() {
        assertThat(instruction(Instruction.Cmd.class, "CMD 안녕 \uD83D\uDE80").command())
                .isEqualTo(new Command.Shell("안녕 \uD83D\uDE80"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment", "\\", "ARG a=b"})
    void refusesFilesWithoutAStage(String content) {
        assertThat(error(content)).isEqualTo("Dockerfile:1:1: the file has no stage; expected FROM");
    }

    @Test
    void knowsWhereEachCharacterOfAContinuedLineCameFrom() {
        LogicalLine line = instruction(Instruction.Copy.class, "  COPY a \\", "# comment", "   b \\", "c")
                .line();

        assertThat(line.text()).isEqualTo("COPY a    b c");
        assertThat(line.number()).isEqualTo(2);
        assertThat(line.position(0)).isEqualTo("Dockerfile:2:3");
        assertThat(line.position(line.text().indexOf('a'))).isEqualTo("Dockerfile:2:8");
        assertThat(line.position(line.text().indexOf('b'))).isEqualTo("Dockerfile:4:4");
        assertThat(line.position(line.text().indexOf('c'))).isEqualTo("Dockerfile:5:1");
    }

    @Test
    void refusesLinesThatAreTooLong() {
        String longest = "x".repeat(65_530);

        assertThat(instruction(Instruction.User.class, "USER " + longest).user().text())
                .isEqualTo(longest);
        assertThat(error("FROM scratch", "USER x" + longest))
                .isEqualTo("Dockerfile:2:65536: the line is too long; expected 65535 characters at most");
        assertThat(error("FROM scratch", "RUN <<EOF", "123456" + longest, "EOF"))
                .startsWith("Dockerfile:3:65536: ");
    }

    @Test
    void quotesNoMoreThanAnEventCanCarry() {
        assertThat(error("FROM scratch", "X".repeat(60_000)))
                .startsWith("Dockerfile:2:1: unknown instruction 'XXX")
                .endsWith("X…")
                .hasSizeLessThan(2100);
        assertThat(instruction(Instruction.Beyond.class, "COPY --exclude=%s a b".formatted("x".repeat(60_000)))
                        .why())
                .hasSizeLessThan(2100);
    }
}
