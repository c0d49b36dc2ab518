package dev.slipway.policy.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.bundle.Cel;
import dev.slipway.oci.Digest;
import dev.slipway.policy.input.PolicyInput;
import dev.slipway.policy.rules.Action;
import dev.slipway.policy.rules.InvalidPolicyException;
import dev.slipway.policy.rules.PolicyFiles;
import dev.slipway.policy.rules.Problem;
import dev.slipway.policy.rules.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All rules of a directory. The same rules say the same to the same input. */
public final class Policies {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<CompiledRule> rules;
    private final Digest digest;
    private final Duration patience;

    private Policies(List<CompiledRule> rules, Digest digest, Duration patience) {
        this.rules = List.copyOf(rules);
        this.digest = digest;
        this.patience = patience;
    }

    /**
     * Reads and compiles.
     *
     * @throws InvalidPolicyException naming file, line and column of all that is wrong
     */
    public static Policies load(Path directory) {
        return load(directory, PATIENCE);
    }

    static Policies load(Path directory, Duration patience) {
        PolicyFiles files = PolicyFiles.read(directory);
        Cel cel = Environment.create();
        List<Problem> problems = new ArrayList<>();
        List<CompiledRule> rules = files.rules().stream()
                .flatMap(rule -> CompiledRule.compile(cel, rule, problems).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidPolicyException(problems);
        }
        return new Policies(rules, files.digest(), patience);
    }

    public List<Rule> rules() {
        return rules.stream().map(CompiledRule::rule).toList();
    }

    /** Of the policy files. */
    public Digest digest() {
        return digest;
    }

    /** What the rules say; a denial too where that takes more than ten seconds, which no cost should let happen. */
    public Decision decide(PolicyInput input) {
        Evaluation evaluation = new Evaluation(input);
        FutureTask<List<Violation>> task = new FutureTask<>(evaluation::violations);
        Thread.ofPlatform().daemon().name("policy").start(task);
        try {
            return new Decision(task.get(patience.toMillis(), TimeUnit.MILLISECONDS), digest);
        } catch (TimeoutException e) {
            task.cancel(true);
            return new Decision(List.of(evaluation.tooSlow()), digest);
        } catch (ExecutionException e) {
            throw new IllegalStateException("policies could not be evaluated", e.getCause());
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while policies were evaluated");
        }
    }

    /** That what the rules want to know cannot be read. */
    public Decision unreadable(String why) {
        return new Decision(List.of(new Violation("readable", Action.DENY, Optional.empty(), why)), digest);
    }

    private final class Evaluation {
        private final Map<String, Object> variables;
        private final List<?> images;
        private final List<String> platforms;
        private volatile CompiledRule current = rules.getFirst();

        private Evaluation(PolicyInput input) {
            ObjectNode document = input.document();
            this.variables = CelValues.map(document);
            this.images = (List<?>) variables.getOrDefault("images", List.of());
            this.platforms = input.platforms();
        }

        private List<Violation> violations() {
            List<Violation> violations = new ArrayList<>();
            for (CompiledRule rule : rules) {
                current = rule;
                if (rule.perImage()) {
                    for (int i = 0; i < images.size() && !Thread.currentThread().isInterrupted(); i++) {
                        Map<String, Object> ofImage = new HashMap<>(variables);
                        ofImage.put("image", images.get(i));
                        rule.ask(ofImage, Optional.of(platforms.get(i))).ifPresent(violations::add);
                    }
                } else {
                    rule.ask(variables, Optional.empty()).ifPresent(violations::add);
                }
            }
            return violations;
        }

        private Violation tooSlow() {
            return current.failed(Optional.empty(), "it takes longer than %d s".formatted(patience.toSeconds()));
        }
    }
}
