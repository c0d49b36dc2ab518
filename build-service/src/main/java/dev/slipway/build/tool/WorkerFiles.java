package dev.slipway.build.tool;

import dev.slipway.build.BuildInputs.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a worker keeps for builds.
 *
 * @param secrets by the names that requests have for them
 * @param ssh keys and agents likewise
 */
public record WorkerFiles(NamedFiles secrets, NamedFiles ssh) {

    /** In a directory each, where the worker has one. */
    public static WorkerFiles in(Optional<Path> secrets, Optional<Path> ssh) {
        return new WorkerFiles(new NamedFiles("secret", secrets), new NamedFiles("SSH key or agent", ssh));
    }

    /** Options that give a tool what a request names; Buildah and buildctl have the same. Errors as {@link NamedFiles#existing}. */
    public List<String> options(Resources resources) {
        return Stream.concat(
                        resources.secrets().stream()
                                .map(name -> "--secret=id=%s,src=%s".formatted(name, secrets.existing(name))),
                        resources.ssh().stream().map(name -> "--ssh=%s=%s".formatted(name, ssh.existing(name))))
                .toList();
    }

    /** Of the secrets that a request names. */
    public Redaction redaction(Resources resources) {
        return Redaction.of(resources.secrets().stream().map(secrets::existing).toList());
    }
}
