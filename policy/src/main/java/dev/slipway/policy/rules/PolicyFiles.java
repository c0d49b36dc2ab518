package dev.slipway.policy.rules;

import dev.slipway.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules of a directory: those of all files that end in {@code .yaml}, {@code .yml} or {@code .json}, in the order of the
 * files' names. Files whose names begin with a dot are left out, as Kubernetes mounts some.
 *
 * @param digest of names and contents of the files: two sets with one digest are one
 */
public record PolicyFiles(List<Rule> rules, Digest digest) {
    private static final int MAX_FILES = 200;
    private static final int MAX_FILE_BYTES = 256 * 1024;
    private static final int MAX_RULES = 500;

    public PolicyFiles {
        rules = List.copyOf(rules);
    }

    /**
     * Reads a directory.
     *
     * @throws InvalidPolicyException where there is no rule, or something that is none
     */
    public static PolicyFiles read(Path directory) {
        List<Problem> problems = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        ByteArrayOutputStream everything = new ByteArrayOutputStream();
        try (DataOutputStream contents = new DataOutputStream(everything)) {
            for (Path file : files(directory)) {
                byte[] bytes = content(file);
                contents.writeUTF(file.getFileName().toString());
                contents.writeInt(bytes.length);
                contents.write(bytes);
                ParseRules.Parsed parsed = ParseRules.parse(file.toString(), bytes);
                rules.addAll(parsed.rules());
                problems.addAll(parsed.problems());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("policies of %s cannot be read".formatted(directory), e);
        }
        problems.addAll(doubles(rules));
        if (rules.size() > MAX_RULES) {
            problems.add(problem(
                    directory, "there are %d rules, and at most %d are taken".formatted(rules.size(), MAX_RULES)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidPolicyException(problems);
        }
        return new PolicyFiles(rules, Digest.of(everything.toByteArray()));
    }

    private static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw refused(directory, "it is not a directory");
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.sorted().toList()) {
                String name = entry.getFileName().toString();
                if (name.startsWith(".")) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    throw refused(entry, "it is a directory, and the rules of one directory are files in it");
                }
                if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) {
                    files.add(entry);
                }
            }
        } catch (IOException e) {
            throw refused(directory, "it cannot be read: " + e.getMessage());
        }
        if (files.isEmpty()) {
            throw refused(directory, "there is no file with rules in it: *.yaml, *.yml or *.json");
        }
        if (files.size() > MAX_FILES) {
            throw refused(directory, "there are %d files, and at most %d are taken".formatted(files.size(), MAX_FILES));
        }
        return files;
    }

    private static byte[] content(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw refused(file, "it is larger than %d bytes".formatted(MAX_FILE_BYTES));
            }
            return bytes;
        } catch (IOException e) {
            throw refused(file, "it cannot be read: " + e.getMessage());
        }
    }

    private static List<Problem> doubles(List<Rule> rules) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        for (Rule rule : rules) {
            Place first = seen.putIfAbsent(rule.name(), rule.expression().start());
            if (first != null) {
                problems.add(new Problem(
                        rule.expression().start(), Optional.of(rule.name()), "another rule has this name: " + first));
            }
        }
        return problems;
    }

    private static InvalidPolicyException refused(Path file, String message) {
        return new InvalidPolicyException(List.of(problem(file, message)));
    }

    private static Problem problem(Path file, String message) {
        return new Problem(new Place(file.toString(), 1, 1), Optional.empty(), message);
    }
}
