package dev.slipway.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.policy.rules.Action;
import dev.slipway.policy.rules.InvalidPolicyException;
import dev.slipway.policy.rules.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PoliciesTest {
    private static final String NUMBERS = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]";
    private static final String LOOP =
            "%s.all(a, %s.all(b, %s.all(c, %s.all(d, %s.all(e, %s.all(f, a + b + c + d + e + f > 0))))))"
                    .replace("%s", NUMBERS);

    @TempDir
    Path directory;

    private Policies load(String file) {
        try {
            Files.writeString(directory.resolve("rules.yaml"), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Policies.load(directory);
    }

    private Policies rule(String expression) {
        return load("validations:\n- name: one\n  expression: |\n    " + expression.replace("\n", "\n    ") + "\n");
    }

    private Problem problem(String file) {
        InvalidPolicyException refused = catchThrowableOfType(InvalidPolicyException.class, () -> load(file));
        assertThat(refused.problems()).hasSize(1);
        return refused.problems().getFirst();
    }

    @Test
    void allowsWhereTheExpressionIsTrue() {
        assertThat(rule("image.config.user == '65532'").decide(Inputs.good()).allowed())
                .isTrue();
    }

    @Test
    void deniesWhereItIsFalseAndNamesThePlatform() {
        Decision decision = rule("image.architecture == 'amd64'").decide(Inputs.good());

        assertThat(decision.allowed()).isFalse();
        assertThat(decision.violations())
                .containsExactly(new Violation(
                        "one",
                        Action.DENY,
                        Optional.of("linux/arm64"),
                        "does not hold: image.architecture == 'amd64'"));
    }

    @Test
    void asksARuleAboutTheWholeOnce() {
        Decision decision = rule("images.size() == 3").decide(Inputs.good());

        assertThat(decision.violations()).extracting(Violation::platform).containsExactly(Optional.empty());
    }

    @Test
    void warnsAndAllows() {
        Decision decision = load("""
                        validations:
                        - name: labels
                          action: warn
                          expression: "'team' in image.labels"
                          messageExpression: "'no team on ' + image.platform"
                        """).decide(Inputs.good());

        assertThat(decision.allowed()).isTrue();
        assertThat(decision.violations())
                .extracting(Violation::message)
                .containsExactly("no team on linux/amd64", "no team on linux/arm64");
    }

    @Test
    void takesTheFixedMessageWhereTheExpressionFails() {
        Decision decision = load("""
                        validations:
                        - name: labels
                          expression: "'team' in image.labels"
                          message: there is no team
                          messageExpression: "image.labels['team']"
                        """).decide(Inputs.good());

        assertThat(decision.violations()).extracting(Violation::message).containsOnly("there is no team");
    }

    @Test
    void deniesWhatFailsWhenItIsEvaluatedEvenIfItOnlyWarns() {
        Decision decision = load("""
                        validations:
                        - name: labels
                          action: warn
                          expression: image.labels['team'] == 'a'
                        """).decide(Inputs.good());

        assertThat(decision.allowed()).isFalse();
        assertThat(decision.violations().getFirst().message())
                .contains("cannot be evaluated", "rules.yaml:4:15", "team");
    }

    @Test
    void deniesWhereAnSbomIsReadThatIsNotThere() {
        Decision decision =
                rule("image.provenance.buildDefinition.buildType != ''").decide(Inputs.good());

        assertThat(decision.violations()).extracting(Violation::platform).containsExactly(Optional.of("linux/arm64"));
    }

    @Test
    void namesLineAndColumnOfWhatDoesNotCompile() {
        Problem problem = problem("""
                validations:
                - name: broken
                  expression: |
                    image.size > 5 &&
                    image.confg.user != ''
                """);

        assertThat(problem.toString())
                .startsWith(directory.resolve("rules.yaml") + ":5:10: rule 'broken': ")
                .contains("undefined field 'confg'");
    }

    @Test
    void namesLineAndColumnInsideQuotes() {
        assertThat(problem("validations:\n- name: a\n  expression: \"image.nothing\"\n")
                        .place()
                        .column())
                .isEqualTo(21);
    }

    @Test
    void refusesAnExpressionThatIsNoQuestion() {
        assertThat(problem("validations:\n- name: a\n  expression: image.size + 1\n")
                        .message())
                .contains("type int, and must be of type bool");
    }

    @Test
    void refusesTextComparedWithANumber() {
        assertThat(problem("validations:\n- name: a\n  expression: image.size == 'large'\n")
                        .message())
                .contains("no matching overload");
    }

    @Test
    void refusesUnknownFieldsOfARule() {
        assertThat(problem("validations:\n- name: a\n  expression: 'true'\n  severity: high\n")
                        .toString())
                .contains("rules.yaml:4:3", "severity");
    }

    @Test
    void refusesTwoRulesOfOneName() {
        assertThat(problem("validations:\n- {name: a, expression: 'true'}\n- {name: a, expression: 'true'}\n")
                        .message())
                .contains("another rule has this name");
    }

    @Test
    void refusesADirectoryWithoutRules() {
        assertThatThrownBy(() -> Policies.load(directory)).isInstanceOf(InvalidPolicyException.class);
    }

    @Test
    void refusesAFileThatIsHuge() {
        assertThat(problem("validations:\n- name: a\n  expression: 'true'\n" + "# x\n".repeat(70_000))
                        .message())
                .contains("larger than 262144 bytes");
    }

    @Test
    void refusesAnExpressionThatIsHuge() {
        assertThat(problem("validations:\n- name: a\n  expression: '" + "true && ".repeat(3_000) + "true'\n")
                        .message())
                .contains("at most 16384");
    }

    @Test
    void refusesAnExpressionThatIsNestedTooDeeply() {
        String deep = "(".repeat(200) + "true" + ")".repeat(200);

        assertThatThrownBy(() -> rule(deep)).isInstanceOf(InvalidPolicyException.class);
    }

    @Test
    void refusesYamlThatMultiplies() {
        assertThatThrownBy(() -> load("a: &a [x, x]\nb: &b [*a, *a]\nvalidations: [*b, *b]\n"))
                .isInstanceOf(InvalidPolicyException.class);
    }

    @Test
    @Timeout(30)
    void endsARuleThatLoops() {
        Decision decision = rule(LOOP).decide(Inputs.good());

        assertThat(decision.allowed()).isFalse();
        assertThat(decision.violations().getFirst().message()).contains("cannot be evaluated", "1000000 steps");
    }

    @Test
    @Timeout(30)
    void endsARuleThatGrows() {
        String ten = "a + a + a + a + a + a + a + a + a + a";
        String grow =
                "['0123456789'].exists(a, [%s].exists(a, [%s].exists(a, [%s].exists(a, [%s].exists(a, [%s].exists(a, [%s].exists(a, a == ''))))))"
                                .replace("%s", ten)
                        + ")";

        assertThat(rule(grow).decide(Inputs.good()).violations().getFirst().message())
                .contains("cannot be evaluated");
    }

    @Test
    @Timeout(30)
    void deniesWhereTimeRunsOut() throws IOException {
        Files.writeString(directory.resolve("rules.yaml"), "validations: [{name: slow, expression: 'true'}]");

        Decision decision = Policies.load(directory, Duration.ZERO).decide(Inputs.good());

        assertThat(decision.allowed()).isFalse();
        assertThat(decision.violations().getFirst().rule()).isEqualTo("slow");
    }

    @Test
    @Timeout(30)
    void namesTheRulesThatWereNotReached() throws IOException {
        Files.writeString(directory.resolve("rules.yaml"), """
                validations:
                - {name: before, expression: "images.size() == 3"}
                - {name: slow, expression: "%s"}
                - {name: after, expression: 'true'}
                """.formatted(LOOP));

        Decision decision = Policies.load(directory, Duration.ofMillis(1)).decide(Inputs.good());

        assertThat(decision.allowed()).isFalse();
        assertThat(decision.notEvaluated()).last().isEqualTo("after");
        assertThat(decision.violations()).extracting(Violation::rule).doesNotContain("after");
        assertThat(decision.violations().getLast().message()).contains("it takes longer than");
    }

    @Test
    void hasADigestOfItsFiles() {
        String one = "validations: [{name: a, expression: 'true'}]";

        assertThat(load(one).digest())
                .isEqualTo(load(one).digest())
                .isNotEqualTo(load(one + "\n").digest());
    }
}
