package dev.slipway.cli.policy;

import dev.slipway.cli.json.Json;
import dev.slipway.cli.report.Columns;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.policy.gate.Decision;
import dev.slipway.policy.gate.Policies;
import dev.slipway.policy.gate.Violation;
import dev.slipway.policy.input.DescribeImages;
import dev.slipway.policy.input.Facts;
import dev.slipway.policy.input.InvalidEvidenceException;
import dev.slipway.policy.input.PolicyInput;
import dev.slipway.policy.rules.InvalidPolicyException;
import dev.slipway.policy.rules.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks the rules of a directory about an image in a registry, or about a document, and shows what they are told. */
public final class TryPolicies {
    private final Policies policies;

    /** Reads and compiles the rules. */
    public TryPolicies(Path directory) {
        try {
            this.policies = Policies.load(directory);
        } catch (InvalidPolicyException e) {
            throw CommandFailure.usage("the policies cannot be used:\n" + e.getMessage());
        }
    }

    /**
     * What no registry knows, as options say it.
     *
     * @param mode {@code release} or {@code snapshot}
     */
    public record Request(String tenant, String mode, Optional<String> ref) {}

    /**
     * What came of it.
     *
     * @param lines a table
     */
    public record Result(boolean allowed, List<String> lines) {}

    /** The document that rules are asked about, as a gate would make it of an image in a registry. */
    public static PolicyInput input(RegistryClient registries, Reference reference, Request request) {
        Facts facts = new Facts(
                request.tenant(),
                request.mode(),
                Optional.empty(),
                request.ref().map(ref -> new Facts.Source(Optional.empty(), Optional.empty(), Optional.of(ref))),
                List.of(reference));
        try {
            return new DescribeImages(registries.repository(reference.repository()))
                    .describe(reference.identifier(), facts);
        } catch (InvalidEvidenceException e) {
            throw CommandFailure.usage("%s: %s".formatted(reference, e.getMessage()));
        }
    }

    /** A document that {@link #show} printed, and somebody may have changed. */
    public static PolicyInput read(Path file) {
        try {
            return PolicyInput.parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw CommandFailure.usage("--input: %s cannot be read: %s".formatted(file, e));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--input: %s: %s".formatted(file, e.getMessage()));
        }
    }

    public static String show(PolicyInput input) {
        return Json.pretty(input.document());
    }

    /** Asks every rule. */
    public Result test(PolicyInput input) {
        return result(policies.rules(), policies.decide(input));
    }

    static Result result(List<Rule> rules, Decision decision) {
        Columns columns = new Columns().row("RULE", "RESULT", "PLATFORM", "MESSAGE");
        for (Rule rule : rules) {
            List<Violation> violations = decision.violations().stream()
                    .filter(violation -> violation.rule().equals(rule.name()))
                    .toList();
            if (violations.isEmpty()) {
                columns.row(
                        rule.name(), decision.notEvaluated().contains(rule.name()) ? "not evaluated" : "pass", "", "");
            }
            violations.forEach(violation -> columns.row(
                    rule.name(), violation.action().word(), violation.platform().orElse(""), violation.message()));
        }
        return new Result(decision.allowed(), columns.lines());
    }
}
