package dev.slipway.build.dockerfile;

import static dev.slipway.build.dockerfile.Parsed.error;
import static dev.slipway.build.dockerfile.Parsed.instruction;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthCheckTest {

    private static Instruction.HealthCheck check(String... lines) {
        return instruction(Instruction.HealthCheck.class, lines);
    }

    @Test
    void takesTimesAndRetries() {
        var check = check(
                "HEALTHCHECK --interval=1m30s --timeout=\"3s\" --retries=+3 \\",
                "  --start-period=500ms --start-interval=0s CMD curl  -f http://localhost/");

        assertThat(check.interval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(check.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(check.startPeriod()).isEqualTo(Duration.ofMillis(500));
        assertThat(check.startInterval()).isZero();
        assertThat(check.retries()).isEqualTo(3);
        assertThat(check.command()).isEqualTo(new Command.Shell("curl  -f http://localhost/"));
    }

    @Test
    void takesTheExecFormAndSmallLetters() {
        var check = check("healthcheck cmd   [\"/check\", \"--quiet\"]");

        assertThat(check.command()).isEqualTo(new Command.Exec(List.of("/check", "--quiet")));
        assertThat(check.interval()).isZero();
        assertThat(check.retries()).isZero();
    }

    @Test
    void takesNone() {
        var check = check("HEALTHCHECK --interval=5s none");

        assertThat(check.command()).isNull();
        assertThat(check.interval()).isZero();
    }

    @Test
    void leavesFlagsOfTheCommandToIt() {
        assertThat(check("HEALTHCHECK CMD --interval=5s").command()).isEqualTo(new Command.Shell("--interval=5s"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "                        | :12: HEALTHCHECK has no argument; expected CMD or NONE",
                "--retries=3             | :24: HEALTHCHECK has no argument; expected CMD or NONE",
                "CONNECT TCP 7000        | :13: expected CMD or NONE after HEALTHCHECK, found 'CONNECT'",
                "NONE a                  | :18: HEALTHCHECK NONE takes no argument; expected the end of the line",
                "CMD                     | :16: HEALTHCHECK CMD has no command; expected one",
                "CMD []                  | :19: HEALTHCHECK CMD has no command; expected one",
                "CMD [1]                 | :18: the exec form takes strings only; expected '\"'",
                "--interval=5 CMD a      | :24: '5' is no duration; expected for example 30s or 1m30s",
                "--interval=-5s CMD a    | :24: '-5s' is no duration; expected for example 30s or 1m30s",
                "--timeout=9999999h CMD a | :23: '9999999h' is no duration; expected for example 30s or 1m30s",
                "--timeout=1us CMD a     | :23: '1us' is too short; expected 1ms at least",
                "--retries=-1 CMD a      | :23: '-1' is no number of retries; expected 0 to 2147483647",
                "--retries=2147483648 CMD a | :23: '2147483648' is no number of retries; expected 0 to 2147483647",
                "--retries=x CMD a       | :23: 'x' is no number of retries; expected 0 to 2147483647",
                "--start=1s CMD a        | :13: HEALTHCHECK has no flag '--start'; expected --interval, --timeout, --start-period, --start-interval, --retries",
                "--interval CMD a        | :13: the flag '--interval' needs a value; expected '--interval=…'",
            })
    void saysWhereAndWhatIsWrong(String arguments, String message) {
        String line = "HEALTHCHECK " + (arguments == null ? "" : arguments);

        assertThat(error("FROM scratch", line)).isEqualTo("Dockerfile:2" + message);
    }
}
