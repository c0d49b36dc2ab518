package dev.slipway.build.dockerfile;

import static dev.slipway.build.dockerfile.Parsed.error;
import static dev.slipway.build.dockerfile.Parsed.instruction;
import static dev.slipway.build.dockerfile.Parsed.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What instructions set in an image's configuration, without {@code ENV}, {@code LABEL} and {@code HEALTHCHECK}. */
class SettingsTest {

    @Test
    void readsPortsAndRangesWithProtocols() {
        var expose = instruction(Instruction.Expose.class, "EXPOSE 80 443/tcp\t8000-8010/udp  $port/tcp 53/UDP");

        assertThat(texts(expose.ports())).containsExactly("80", "443/tcp", "8000-8010/udp", "$port/tcp", "53/UDP");
        assertThat(expose.ports().get(3).expandAndSplit(name -> Optional.of("81 82")))
                .containsExactly("81", "82/tcp");
    }

    @Test
    void readsVolumesInBothForms() {
        assertThat(texts(instruction(Instruction.Volume.class, "VOLUME /a  $b").paths()))
                .containsExactly("/a", "$b");
        assertThat(texts(instruction(Instruction.Volume.class, "VOLUME [\"/a\", \" /b c \"]")
                        .paths()))
                .containsExactly("/a", "/b c");
        assertThat(texts(instruction(Instruction.Volume.class, "VOLUME ['/a']").paths()))
                .containsExactly("['/a']");
    }

    @Test
    void takesTheRestOfTheLineForOneValue() {
        assertThat(instruction(Instruction.Workdir.class, "WORKDIR  /a b/$c ")
                        .path()
                        .text())
                .isEqualTo("/a b/$c");
        assertThat(instruction(Instruction.User.class, "USER me:group").user().text())
                .isEqualTo("me:group");
        assertThat(instruction(Instruction.StopSignal.class, "STOPSIGNAL SIGTERM")
                        .signal()
                        .text())
                .isEqualTo("SIGTERM");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[\"a\", \"b c\"]         | a;b c",
                "[\"/usr\\\"/bin/z\",\"-f\"] | /usr\"/bin/z;-f",
                "-- [\"a\"]               | a",
                "[\"$x\", \"'y'\"]        | $x;'y'",
            })
    void readsCommandsInExecForm(String arguments, String expected) {
        var exec = new Command.Exec(List.of(expected.split(";")));

        assertThat(instruction(Instruction.Cmd.class, "CMD " + arguments).command())
                .isEqualTo(exec);
        assertThat(instruction(Instruction.Entrypoint.class, "ENTRYPOINT " + arguments)
                        .command())
                .isEqualTo(exec);
    }

    @Test
    void readsAnEmptyExecForm() {
        assertThat(instruction(Instruction.Cmd.class, "CMD []").command()).isEqualTo(new Command.Exec(List.of()));
        assertThat(instruction(Instruction.Entrypoint.class, "ENTRYPOINT [ ]").command())
                .isEqualTo(new Command.Exec(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo  a \"b\" $c",
                "[ -f /x ] && a",
                "[ test ]",
                "[ 1 = 1 ]",
                "['a','single quotes are no JSON']",
                "[\"a\"",
                "[\"a\" ",
                "[\"a\"] b",
                "[ \"$a\" = b ]",
                "",
            })
    void readsCommandsInShellForm(String arguments) {
        var shell = new Command.Shell(arguments.strip());

        assertThat(instruction(Instruction.Cmd.class, "CMD " + arguments).command())
                .isEqualTo(shell);
        assertThat(instruction(Instruction.Entrypoint.class, "ENTRYPOINT " + arguments)
                        .command())
                .isEqualTo(shell);
    }

    @Test
    void readsTheShell() {
        assertThat(instruction(Instruction.Shell.class, "SHELL [\"/bin/bash\", \"-c\"]")
                        .shell())
                .containsExactly("/bin/bash", "-c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "EXPOSE             | :7: EXPOSE has no argument; expected a port",
                "EXPOSE 80 ${       | :11: expected a name after '${', in '${'",
                "VOLUME             | :7: VOLUME has no argument; expected a path",
                "VOLUME []          | :10: VOLUME has no argument; expected a path",
                "VOLUME [\"\"]      | :10: a volume is empty; expected a path",
                "VOLUME [\"/a\", \" \"] | :17: a volume is empty; expected a path",
                "VOLUME [\"/a\", {}] | :15: the exec form takes strings only; expected '\"'",
                "WORKDIR            | :8: WORKDIR has no argument; expected a path",
                "WORKDIR '/a        | :9: expected a closing single quote, in ''/a'",
                "USER               | :5: USER has no argument; expected a user",
                "STOPSIGNAL         | :11: STOPSIGNAL has no argument; expected a signal",
                "SHELL              | :6: SHELL takes the exec form; expected [\"executable\", \"parameter\"]",
                "SHELL []           | :7: SHELL takes the exec form; expected [\"executable\", \"parameter\"]",
                "SHELL /bin/sh -c   | :7: SHELL takes the exec form; expected [\"executable\", \"parameter\"]",
                "CMD [\"a\", null]  | :11: the exec form takes strings only; expected '\"'",
                "ENTRYPOINT [[\"a\"]] | :13: the exec form takes strings only; expected '\"'",
                "CMD --x a          | :5: CMD has no flag '--x'; expected none",
                "WORKDIR --x /a     | :9: WORKDIR has no flag '--x'; expected none",
            })
    void saysWhereAndWhatIsWrong(String line, String message) {
        assertThat(error("FROM scratch", line)).isEqualTo("Dockerfile:2" + message);
    }
}
