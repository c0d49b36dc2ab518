package dev.slipway.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.policy.gate.Decision;
import dev.slipway.policy.gate.Policies;
import dev.slipway.policy.gate.Violation;
import dev.slipway.policy.rules.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TryPoliciesTest {
    @TempDir
    Path directory;

    @Test
    void doesNotLetARulePassThatWasNotReached() throws IOException {
        Files.writeString(directory.resolve("rules.yaml"), """
                validations:
                - {name: first, expression: 'true'}
                - {name: slow, expression: 'true'}
                - {name: last, expression: 'true'}
                """);
        Policies policies = Policies.load(directory);
        Decision decision = new Decision(
                List.of(new Violation("slow", Action.DENY, Optional.empty(), "takes too long")),
                policies.digest(),
                List.of("last"));

        TryPolicies.Result result = TryPolicies.result(policies.rules(), decision);

        assertThat(result.allowed()).isFalse();
        assertThat(result.lines())
                .containsExactly(
                        "RULE   RESULT         PLATFORM  MESSAGE",
                        "first  pass",
                        "slow   deny                     takes too long",
                        "last   not evaluated");
    }
}
