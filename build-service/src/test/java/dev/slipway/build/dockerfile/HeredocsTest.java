package dev.slipway.build.dockerfile;

import static dev.slipway.build.dockerfile.Parsed.error;
import static dev.slipway.build.dockerfile.Parsed.instruction;
import static dev.slipway.build.dockerfile.Parsed.instructions;
import static dev.slipway.build.dockerfile.Parsed.texts;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeredocsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "RUN <<EOF                | EOF",
                "RUN 3<<EOF               | EOF",
                "RUN <<-EOF               | `\t\tEOF`",
                "RUN <<'two words'        | two words",
                "RUN <<\"EOF\"            | EOF",
                "RUN <<eo'f'              | eof",
                "RUN <<eo\\'f             | eo'f",
                "RUN <<$EOF               | $EOF",
                "RUN <<  EOF  > foo       | EOF",
                "RUN <<EOF python3        | EOF",
                "RUN --mount=type=tmpfs,target=/x <<EOF | EOF",
                "RUN [ -f x ] && cat <<EOF | EOF",
                "ONBUILD RUN <<EOF        | EOF",
                "onbuild copy <<EOF /x    | EOF",
                "COPY <<file.txt /dest    | file.txt",
                "ADD <<EOF /dest          | EOF",
            })
    void readsOverTheContent(String announcement, String end) {
        var all = instructions("FROM scratch", announcement, "NOT an instruction", "# nor this", end, "USER me");

        assertThat(all).hasSize(2);
        assertThat(all.getFirst()).isInstanceOf(Instruction.Beyond.class);
        assertThat(all.getLast()).isInstanceOf(Instruction.User.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RUN \"<<EOF\"",
                "RUN echo 'a <<EOF'",
                "RUN echo \\<<EOF",
                "RUN cat<<EOF",
                "RUN a;<<EOF",
                "RUN cat <<<EOF",
                "RUN echo $((1 << 2))<<",
                "RUN [\"<<EOF\"]",
                "USER <<EOF",
                "CMD cat <<EOF",
                "LABEL a=<<EOF",
            })
    void seesNoneWhereBuildKitSeesNone(String line) {
        assertThat(instructions("FROM scratch", line, "USER me")).hasSize(2);
    }

    @Test
    void readsSeveralInTheirOrder() {
        var all = instructions("FROM scratch", "COPY <<X <<Y /dest", "Y", "X", "X", "Y", "USER me");

        assertThat(all).hasSize(2);
    }

    @Test
    void saysThatTheyAreBeyondTheEmbeddedBuilder() {
        var beyond = instruction(Instruction.Beyond.class, "COPY a <<EOF /dest", "EOF");

        assertThat(beyond.why())
                .isEqualTo("Dockerfile:2:8: here-documents are not done by the embedded builder; "
                        + "builders that can: buildkit, buildah");
    }

    @Test
    void keepsContinuedLinesOfTheContentApart() {
        var all = instructions("FROM scratch", "RUN <<EOF", "a \\", "EOF", "EXPOSE 80");

        assertThat(texts(((Instruction.Expose) all.getLast()).ports())).containsExactly("80");
    }

    @Test
    void readsContentWithCarriageReturns() {
        assertThat(instructions("FROM scratch", "RUN <<EOF\r", "a\r", "EOF\r", "USER me\r"))
                .hasSize(2);
    }

    @Test
    void refusesOneWithoutAnEnd() {
        assertThat(error("FROM scratch", "RUN cat \\", "  <<-END x", "END.", " END"))
                .isEqualTo("Dockerfile:3:3: the here-document has no end; expected 'END' on a line of its own");
    }

    @Test
    void refusesOneAsTheDestination() {
        assertThat(error("FROM scratch", "COPY a <<EOF", "EOF"))
                .isEqualTo("Dockerfile:2:8: a here-document is no destination; expected a path");
    }
}
