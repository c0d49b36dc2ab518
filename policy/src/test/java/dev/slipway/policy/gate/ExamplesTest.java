package dev.slipway.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.policy.input.PolicyInput;
import dev.slipway.policy.rules.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies that are shipped. Each rule has an image that passes, {@link Inputs#good}, and one that fails here. */
class ExamplesTest {
    private static final Policies EXAMPLES =
            Policies.load(Path.of(System.getProperty("slipway.root"), "examples", "policies"));

    static Stream<Arguments> violations() {
        return Stream.of(
                violated("no-root", "\"user\": \"65532\"", "\"user\": \"\""),
                violated("no-root", "\"user\": \"65532\"", "\"user\": \"0:0\""),
                violated("no-root", "\"user\": \"65532\"", "\"user\": \"root\""),
                violated("no-root", "\"user\": \"65532\"", "\"user\": \"000\""),
                violated("base-on-the-list", "gcr.io/distroless/static", "docker.io/someone/static"),
                violated("base-pinned", ", \"digest\": \"sha256:dd\"", ""),
                violated("required-labels", "\"org.opencontainers.image.revision\": \"4b825dc\", ", ""),
                violated("licenses-label", ", \"org.opencontainers.image.licenses\": \"MIT\"", ""),
                violated("no-secrets-in-env", "{\"PATH\": \"/bin\"}", "{\"DB_PASSWORD\": \"hunter2\"}"),
                violated("no-secrets-in-env", "{\"PATH\": \"/bin\"}", "{\"URL\": \"https://me:secret@example.org\"}"),
                violated("size-advice", "\"size\": 2000", "\"size\": 200000001"),
                violated("licenses-allowed", "[\"MIT\"]", "[\"MIT\", \"AGPL-3.0-only\"]"),
                violated("sbom-present", ",\n   \"sbom\": {\"packages\": []}", ""),
                violated("release-from-release-branch", "refs/heads/release/1.2", "refs/heads/feature"),
                violated("release-from-release-branch", ", \"ref\": \"refs/heads/release/1.2\"", ""));
    }

    private static Arguments violated(String rule, String before, String after) {
        return Arguments.of(rule, before, after);
    }

    @Test
    void letAGoodImagePass() {
        assertThat(EXAMPLES.decide(Inputs.good()).violations()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("violations")
    void refuseWhatTheyAreFor(String rule, String before, String after) {
        PolicyInput input = Inputs.with(before, after);

        List<Violation> violations = EXAMPLES.decide(input).violations();

        assertThat(violations).extracting(Violation::rule).containsOnly(rule);
        assertThat(violations)
                .extracting(Violation::message)
                .noneMatch(message -> message.contains("cannot be evaluated"));
    }

    @Test
    void refuseAnImageThatIsTooLarge() {
        List<Violation> violations = EXAMPLES.decide(Inputs.with("\"size\": 2000", "\"size\": 500000001"))
                .violations();

        assertThat(violations).extracting(Violation::rule).containsExactly("size-limit", "size-advice");
        assertThat(violations).extracting(Violation::platform).containsOnly(Optional.of("linux/arm64"));
    }

    @Test
    void letASnapshotComeFromAnyBranch() {
        assertThat(EXAMPLES.decide(Inputs.with("\"release\"", "\"snapshot\"")).violations())
                .isEmpty();
    }

    @Test
    void areAllCoveredHere() {
        List<Object> covered = Stream.concat(
                        violations().map(arguments -> arguments.get()[0]), Stream.of("size-limit"))
                .distinct()
                .toList();

        assertThat(EXAMPLES.rules())
                .extracting(Rule::name)
                .containsExactlyInAnyOrderElementsOf(
                        covered.stream().map(String::valueOf).toList());
    }
}
