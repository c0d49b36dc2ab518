package dev.slipway.warmup.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.warmup.pull.Decision.Rule;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table, row by row, and what stands above what. */
final class PullPolicyRulesTest {
    private static final Duration RECENTLY = Duration.ofMinutes(9);
    private static final PullPolicyRules RULES =
            new PullPolicyRules(Duration.ofMinutes(5), 3, 0.95, Duration.ofMinutes(10));

    private static Situation image(
            boolean byDigest, boolean immutable, boolean canary, int asking, int copies, Duration pulled) {
        return new Situation(byDigest, immutable, canary, asking, copies, 100, Optional.of(pulled));
    }

    private static void decides(Situation image, PullPolicy policy, Rule rule) {
        Decision decision = RULES.decide(image);
        assertThat(decision.policy()).as(decision.reason()).isEqualTo(policy);
        assertThat(decision.rule()).as(decision.reason()).isEqualTo(rule);
    }

    @Test
    void aCanaryAlwaysAsksTheRegistry() {
        decides(image(true, true, true, 0, 100, RECENTLY), PullPolicy.ALWAYS, Rule.CANARY);
    }

    @Test
    void whatIsHotAndNowhereIsAlwaysPulled() {
        decides(image(true, true, false, 3, 0, RECENTLY), PullPolicy.ALWAYS, Rule.HOT_AND_NOT_CACHED);
        decides(image(true, true, false, 2, 0, RECENTLY), PullPolicy.IF_NOT_PRESENT, Rule.PINNED);
        decides(image(true, true, false, 99, 1, RECENTLY), PullPolicy.IF_NOT_PRESENT, Rule.PINNED);
        assertThat(RULES.decide(image(true, true, false, 3, 0, RECENTLY)).reason())
                .isEqualTo("3 nodes asked for it within 5m, and none is proven to have it");
    }

    @Test
    void everydayScalingTrustsWhatIsThere() {
        decides(image(false, false, false, 9, 96, RECENTLY), PullPolicy.IF_NOT_PRESENT, Rule.EVERYDAY_SCALING);
        decides(image(false, false, false, 9, 95, RECENTLY), PullPolicy.ALWAYS, Rule.BY_TAG);
        decides(image(false, false, false, 9, 96, Duration.ofMinutes(10)), PullPolicy.ALWAYS, Rule.BY_TAG);
        decides(new Situation(false, false, false, 0, 0, 0, Optional.empty()), PullPolicy.ALWAYS, Rule.BY_TAG);
    }

    @Test
    void aDigestCannotChange() {
        decides(image(true, false, false, 0, 10, RECENTLY), PullPolicy.IF_NOT_PRESENT, Rule.PINNED);
    }

    @Test
    void elseItIsTheTagThatDecides() {
        decides(image(false, true, false, 0, 10, RECENTLY), PullPolicy.IF_NOT_PRESENT, Rule.BY_TAG);
        decides(image(false, false, false, 0, 10, RECENTLY), PullPolicy.ALWAYS, Rule.BY_TAG);
    }

    @Test
    void numbersThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new PullPolicyRules(RECENTLY, 0, 0.95, RECENTLY))
                .hasMessageContaining("not 0");
        assertThatThrownBy(() -> new PullPolicyRules(RECENTLY, 3, 95, RECENTLY)).hasMessageContaining("95");
    }
}
