package dev.slipway.build.dockerfile;

import static dev.slipway.build.dockerfile.Parsed.error;
import static dev.slipway.build.dockerfile.Parsed.instruction;
import static dev.slipway.build.dockerfile.Parsed.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.build.BuildException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code COPY} and {@code ADD}. */
class CopyTest {

    private static Instruction.Copy copy(String... lines) {
        return instruction(Instruction.Copy.class, lines);
    }

    @Test
    void takesTheLastPathForTheDestination() {
        Instruction.Copy copy = copy("COPY a   b/*.txt\t$c \\", " /dest/");

        assertThat(texts(copy.sources())).containsExactly("a", "b/*.txt", "$c");
        assertThat(copy.destination().text()).isEqualTo("/dest/");
        assertThat(copy.from()).isNull();
        assertThat(copy.chown()).isNull();
        assertThat(copy.chmod()).isNull();
        assertThat(copy.link()).isFalse();
    }

    @Test
    void unpacksWithAddOnly() {
        assertThat(copy("ADD a.tar /").unpack()).isTrue();
        assertThat(copy("COPY a.tar /").unpack()).isFalse();
    }

    @Test
    void takesFlags() {
        Instruction.Copy copy = copy("copy --from=build --chown=1000:$gid --chmod=0755 --link a b");

        assertThat(copy.from()).hasToString("build");
        assertThat(copy.chown()).hasToString("1000:$gid");
        assertThat(copy.chmod()).hasToString("0755");
        assertThat(copy.link()).isTrue();
        assertThat(texts(copy.sources())).containsExactly("a");
    }

    @Test
    void takesQuotesOffFlags() {
        Instruction.Copy copy = copy("COPY --from='0' --chown=\"me and:${x}\" a b");

        assertThat(copy.from()).hasToString("0");
        assertThat(copy.chown()).hasToString("me and:${x}");
        assertThat(texts(copy.sources())).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({
        "--link, true",
        "--link=true, true",
        "--link=TRUE, true",
        "--link=false, false",
        "--parents=false, false",
        "--from= --chown= --chmod=, false"
    })
    void takesFlagsThatAreOnOrOff(String flags, boolean link) {
        assertThat(copy("COPY " + flags + " a b").link()).isEqualTo(link);
    }

    @Test
    void endsFlagsAtTwoDashes() {
        assertThat(texts(copy("COPY --link -- --from=x --y z").sources())).containsExactly("--from=x", "--y");
        assertThat(texts(copy("COPY -- a b").sources())).containsExactly("a");
        assertThat(texts(copy("COPY a --link b").sources())).containsExactly("a", "--link");
    }

    @Test
    void readsTheExecForm() {
        Instruction.Copy copy = copy("COPY --link [ \"a b\", \"\\u0063\", \"/d e/\" ]");

        assertThat(texts(copy.sources())).containsExactly("a b", "c");
        assertThat(copy.destination().text()).isEqualTo("/d e/");
        assertThat(copy.line().position(copy.sources().getFirst().offset())).isEqualTo("Dockerfile:2:16");
    }

    @Test
    void takesForPathsWhatOnlyLooksLikeTheExecForm() {
        assertThat(texts(copy("COPY [\"a\", 'b'] /c").sources())).containsExactly("[\"a\",", "'b']");
        assertThat(texts(copy("COPY [a-z]* /c").sources())).containsExactly("[a-z]*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "COPY                 | :5: COPY has no argument; expected sources and a destination",
                "ADD a                | :6: ADD has no destination; expected another path",
                "COPY --parents a     | :17: COPY has no destination; expected another path",
                "COPY [\"a\"]         | :11: COPY has no destination; expected another path",
                "COPY []              | :8: COPY has no argument; expected sources and a destination",
                "COPY [\"a\", 1]      | :12: the exec form takes strings only; expected '\"'",
                "COPY --user=me a b   | :6: COPY has no flag '--user'; expected --from, --chown, --chmod, --link, --parents, --exclude",
                "ADD --from=x a b     | :5: ADD has no flag '--from'; expected --chown, --chmod, --link, --checksum, --keep-git-dir, --unpack, --exclude",
                "COPY --FROM=x a b    | :6: COPY has no flag '--FROM'; expected --from, --chown, --chmod, --link, --parents, --exclude",
                "COPY --from x a b    | :6: the flag '--from' needs a value; expected '--from=…'",
                "COPY --link=1 a b    | :13: the flag '--link' is '1'; expected true or false",
                "COPY --link= a b     | :13: the flag '--link' is ''; expected true or false",
                "COPY --parents=x a b | :16: the flag '--parents' is 'x'; expected true or false",
                "ADD --unpack=x a b   | :14: the flag '--unpack' is 'x'; expected true or false",
                "ADD --checksum a b   | :5: the flag '--checksum' needs a value; expected '--checksum=…'",
                "COPY --link --link a b | :13: the flag '--link' comes a second time; expected once",
                "COPY a 'b            | :8: expected a closing single quote, in ''b'",
                "COPY [\"a\", \"${\"] | :13: expected a name after '${', in '${'",
                "COPY --chown=${ a b  | :14: expected a name after '${', in '${'",
                "COPY https://a/b c   | :6: COPY takes no URL; expected a path, or ADD",
                "COPY git@a.b:c.git c | :6: COPY takes no URL; expected a path, or ADD",
            })
    void saysWhereAndWhatIsWrong(String line, String message) {
        assertThat(error("FROM scratch", line)).isEqualTo("Dockerfile:2" + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$stage", "x${v}", "'$v'", "${v:-build}"})
    void refusesVariablesInFrom(String from) {
        assertThat(error("FROM scratch", "COPY --from=%s a b".formatted(from)))
                .startsWith("Dockerfile:2:13: --from takes no variables; expected a stage, its index or an image");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COPY --link --parents a b         | 13: the flag '--parents'",
                "COPY --exclude=*.md --exclude=x a b | 6: the flag '--exclude=*.md'",
                "ADD --checksum=sha256:00 a b      | 5: the flag '--checksum=sha256:00'",
                "ADD --keep-git-dir a b            | 5: the flag '--keep-git-dir'",
                "ADD --unpack=false a b            | 5: the flag '--unpack=false'",
            })
    void saysWhichFlagsAreBeyondTheEmbeddedBuilder(String line, String flag) {
        assertThat(instruction(Instruction.Beyond.class, line).why())
                .isEqualTo("Dockerfile:2:%s is not done by the embedded builder; builders that can: buildkit", flag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.b/c",
                "http://a.b/c",
                "git@a.b:c/d.git",
                "ssh://git@a.b/c",
                "git://a.b/c.git#v1",
                "'https://a.b/c'",
                "me@a.b:c",
                "https://$h/c"
            })
    void saysThatUrlsAreBeyondTheEmbeddedBuilder(String url) {
        assertThat(instruction(Instruction.Beyond.class, "ADD x %s /y".formatted(url))
                        .why())
                .isEqualTo("Dockerfile:2:7: the embedded builder adds nothing from elsewhere; "
                        + "builders that can: buildkit, buildah");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "./me@a.b:c", "@a:b", "ftp://a/b", "github.com/a/b", "x/https://a"})
    void takesOtherSourcesForPaths(String path) {
        assertThat(copy("ADD %s /y".formatted(path)).sources(name -> Optional.empty()))
                .containsExactly(path);
    }

    @Test
    void putsValuesInThePlaceOfVariablesOfSources() {
        assertThat(copy("COPY a$v b\\$v /y").sources(name -> Optional.of("/x"))).containsExactly("a/x", "b$v");
    }

    @Test
    void refusesUrlsThatComeOutOfVariables() {
        BuildException add = catchThrowableOfType(
                BuildException.class, () -> copy("ADD a $v /y").sources(name -> Optional.of("https://a.b/c")));
        BuildException copy = catchThrowableOfType(
                BuildException.class, () -> copy("COPY a $v /y").sources(name -> Optional.of("https://a.b/c")));

        assertThat(add.reason()).isEqualTo(BuildException.Reason.DOCKERFILE_UNSUPPORTED);
        assertThat(add)
                .hasMessage("Dockerfile:2:7: the embedded builder adds nothing from elsewhere, as 'https://a.b/c'; "
                        + "builders that can: buildkit, buildah");
        assertThat(copy.reason()).isEqualTo(BuildException.Reason.DOCKERFILE_INVALID);
        assertThat(copy).hasMessage("Dockerfile:2:8: COPY takes no URL, as 'https://a.b/c'; expected a path, or ADD");
    }
}
