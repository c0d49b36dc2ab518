package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.image.ImageConfig;
import dev.slipway.oci.image.ImageManifest;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack with rules: what they deny has no name anywhere, and people hear which rule it was. */
class PolicyIT {
    private static final int DENIED = 6;
    private static final Pattern BUILD = Pattern.compile("(?m)^(?:slipway: )?build\\s+(\\S+)");

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
        assertThat(stack.slipway("events", "--build", buildId(build)).out())
                .contains("policy.decided", "decision=allowed", "warn team-label linux/amd64");
    }

    @Test
    void theExamplesTellGoodImagesFromBad() throws IOException {
        String base = pushBase();
        String examples = examples(base);
        String good = stack.registry() + "/team/good:1.2.3";
        Path context = context("FROM " + base + "\nCOPY a /a\nUSER 65532\nENV PATH=/bin\nENTRYPOINT [\"/a\"]\n");
        Command passed = build(
                context,
                good,
                "--sbom",
                "--label=org.opencontainers.image.source=https://git.example/app",
                "--label=org.opencontainers.image.revision=4b825dc",
                "--label=org.opencontainers.image.licenses=MIT");
        assertThat(passed.exitCode()).as(passed.printed()).isZero();

        Command tried = stack.slipway("policy", "test", good, "--policy", examples, "--ref", "refs/heads/main");

        assertThat(tried.exitCode()).as(tried.printed()).isZero();
        assertThat(results(tried)).hasSize(11).allMatch(result -> result.endsWith(" pass"));

        Command elsewhere = stack.slipway("policy", "test", good, "--policy", examples, "--ref", "refs/heads/feature");

        assertThat(elsewhere.exitCode()).as(elsewhere.printed()).isEqualTo(DENIED);
        assertThat(results(elsewhere))
                .filteredOn(result -> !result.endsWith(" pass"))
                .containsExactly("release-from-release-branch deny");

        Path badContext = context("FROM scratch\nCOPY . /\nENV DB_PASSWORD=hunter2\nENTRYPOINT [\"/a\"]\n");
        Files.write(badContext.resolve("noise"), noise());
        Files.writeString(
                Files.createDirectories(badContext.resolve("node_modules/lib")).resolve("package.json"),
                "{\"name\": \"lib\", \"version\": \"1.0.0\", \"license\": \"AGPL-3.0-only\"}");
        Command denied = build(badContext, stack.registry() + "/team/bad:1.2.3", "--sbom");
        assertThat(denied.exitCode()).as(denied.printed()).isEqualTo(DENIED);
        String staged = "%s/slipway/staging:%s-linux-amd64".formatted(stack.registry(), buildId(denied));

        Command refused = stack.slipway("policy", "test", staged, "--policy", examples);

        assertThat(refused.exitCode()).as(refused.printed()).isEqualTo(DENIED);
        assertThat(results(refused))
                .contains(
                        "no-root deny",
                        "base-on-the-list deny",
                        "base-pinned deny",
                        "required-labels deny",
                        "licenses-label warn",
                        "licenses-allowed deny",
                        "no-secrets-in-env deny",
                        "size-limit deny");
    }

    @Test
    void doesNotStartByARuleThatDoesNotCompile() throws IOException {
        Path broken = Files.createDirectory(directory.resolve("broken"));
        Files.writeString(broken.resolve("rules.yaml"), "validations:\n- name: a\n  expression: image.nothing\n");

        assertThatThrownBy(() -> Stack.startWithPolicies(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("rules.yaml:3:20: rule 'a': ");
    }

    /** As administrators do it: the list of bases has this registry's, and the limit of the size is a small one. */
    private static String examples(String base) throws IOException {
        Path examples = Files.createDirectory(directory.resolve("examples"));
        try (Stream<Path> files = Files.list(Stack.ROOT.resolve("examples/policies"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                Files.writeString(
                        examples.resolve(file.getFileName()),
                        Files.readString(file)
                                .replace("gcr.io/distroless/", base.substring(0, base.indexOf("base:")))
                                .replace("<= 500000000", "<= 100000"));
            }
        }
        return examples.toString();
    }

    private static byte[] noise() {
        byte[] noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        return noise;
    }

    private static String pushBase() {
        Reference.Tagged base = (Reference.Tagged) Reference.parse(stack.registry() + "/library/base:1");
        try (RegistryClient client = new RegistryClient()) {
            RegistryRepository repository = client.repository(base.repository());
            ImageConfig config = ImageConfig.of(Platform.parse("linux/amd64"));
            repository.putBlob(config.descriptor(), BlobSource.of(config.bytes()));
            repository.tag(ImageManifest.of(config.descriptor(), List.of()).manifest(), base.tag());
        }
        return base.toString();
    }

    /** A rule and what it says, of each row of the table. */
    private static List<String> results(Command tried) {
        return tried.out()
                .lines()
                .skip(1)
                .map(line -> line.split("\\s+"))
                .map(words -> words[0] + " " + words[1])
                .toList();
    }

    private static String buildId(Command build) {
        Matcher named = BUILD.matcher(build.printed());
        assertThat(named.find()).as(build.printed()).isTrue();
        return named.group(1);
    }

    private static Command build(String dockerfile, String target) throws IOException {
        return build(context(dockerfile), target);
    }

    private static Command build(Path context, String target, String... more) {
        List<String> words =
                new ArrayList<>(List.of("build", context.toString(), "-t", target, "--platform", "linux/amd64"));
        words.addAll(List.of(more));
        return stack.slipway(words.toArray(String[]::new));
    }

    private static Path context(String dockerfile) throws IOException {
        Path context = Files.createTempDirectory(directory, "context");
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        Files.writeString(context.resolve("a"), "a program\n");
        return context;
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
