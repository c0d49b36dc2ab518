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
        FutureTask<Decision> task = new FutureTask<>(evaluation::decide);
        Thread.ofPlatform().daemon().name("policy").start(task);
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return evaluation.tooSlow();
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
        return new Decision(
                List.of(new Violation("readable", Action.DENY, Optional.empty(), why)),
                digest,
                rules.stream().map(rule -> rule.rule().name()).toList());
    }

    private final class Evaluation {
        private final Map<String, Object> variables;
        private final List<?> images;
        private final List<String> platforms;
        private final List<Violation> violations = new ArrayList<>();
        private int reached;

        private Evaluation(PolicyInput input) {
            ObjectNode document = input.document();
            this.variables = CelValues.map(document);
            this.images = (List<?>) variables.getOrDefault("images", List.of());
            this.platforms = input.platforms();
        }

        private Decision decide() {
            for (int i = 0; i < rules.size(); i++) {
                List<Violation> found = ask(rules.get(i));
                synchronized (this) {
                    violations.addAll(found);
                    reached = i + 1;
                }
            }
            return new Decision(violations, digest, List.of());
        }

        private List<Violation> ask(CompiledRule rule) {
            if (!rule.perImage()) {
                return rule.ask(variables, Optional.empty()).stream().toList();
            }
            List<Violation> found = new ArrayList<>();
            for (int i = 0; i < images.size() && !Thread.currentThread().isInterrupted(); i++) {
                Map<String, Object> ofImage = new HashMap<>(variables);
                ofImage.put("image", images.get(i));
                rule.ask(ofImage, Optional.of(platforms.get(i))).ifPresent(found::add);
            }
            return found;
        }

        /** What was found before the rule that did not come to an end, and that one; of the others nothing is known. */
        private synchronized Decision tooSlow() {
            int stuck = Math.min(reached, rules.size() - 1);
            List<Violation> found = new ArrayList<>(violations);
            String why = "it takes longer than %d s".formatted(patience.toSeconds());
            found.add(rules.get(stuck).failed(Optional.empty(), why));
            return new Decision(
                    found,
                    digest,
                    rules.stream()
                            .skip(stuck + 1L)
                            .map(rule -> rule.rule().name())
                            .toList());
        }
    }
}
