package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack with rules: what they deny has no name anywhere, and people hear which rule it was. */
class PolicyIT {
    private static final int DENIED = 6;

    @TempDir
    private static Path directory;

    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        Path policies = Files.createDirectory(directory.resolve("policies"));
        Files.copy(Stack.ROOT.resolve("examples/policies/non-root.yaml"), policies.resolve("non-root.yaml"));
        Files.writeString(policies.resolve("team.yaml"), """
                validations:
                  - name: team-label
                    action: warn
                    expression: "'team' in image.labels"
                    message: the label team is missing
                """);
        stack = Stack.startWithPolicies(policies);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void deniesAnImageWhoseUserIsRoot() throws IOException {
        String target = stack.registry() + "/team/root:1";

        Command build = build("FROM scratch\nCOPY a /a\nENTRYPOINT [\"/a\"]\n", target);

        assertThat(build.exitCode()).as(build.printed()).isEqualTo(DENIED);
        assertThat(build.err())
                .contains("policy no-root linux/amd64: failed, the user is root, since none is set")
                .contains("POLICY_DENIED: the rule 'no-root' denies linux/amd64")
                .contains("policy team-label linux/amd64: warning, the label team is missing");
        assertThat(isThere(target)).isFalse();
    }

    @Test
    void letsOthersPassWithAWarning() throws IOException {
        String target = stack.registry() + "/team/other:1";

        Command build = build("FROM scratch\nCOPY a /a\nUSER 65532\nENTRYPOINT [\"/a\"]\n", target);

        assertThat(build.exitCode()).as(build.printed()).isZero();
        assertThat(build.err()).contains("policy team-label linux/amd64: warning");
        assertThat(isThere(target)).isTrue();
        assertThat(stack.slipway(
                                "policy",
                                "test",
                                target,
                                "--policy",
                                directory.resolve("policies").toString())
                        .exitCode())
                .isZero();
        String id = build.out()
                .lines()
                .filter(line -> line.startsWith("build"))
                .findFirst()
                .orElseThrow();
        assertThat(stack.slipway("events", "--build", id.split("\\s+")[1]).out())
                .contains("policy.decided", "decision=allowed", "warn team-label linux/amd64");
    }

    private static Command build(String dockerfile, String target) throws IOException {
        Path context = Files.createTempDirectory(directory, "context");
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        Files.writeString(context.resolve("a"), "a program\n");
        return stack.slipway("build", context.toString(), "-t", target, "--platform", "linux/amd64");
    }

    private static boolean isThere(String target) {
        Reference reference = Reference.parse(target);
        try (RegistryClient client = new RegistryClient()) {
            return client.repository(reference.repository())
                    .resolve(reference.identifier())
                    .isPresent();
        }
    }
}
