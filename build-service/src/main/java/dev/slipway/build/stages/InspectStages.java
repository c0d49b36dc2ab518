package dev.slipway.build.stages;

import dev.slipway.build.Capability;
import dev.slipway.build.DockerfileInspector;
import dev.slipway.build.Requirement;
import dev.slipway.build.dockerfile.Dockerfile;
import dev.slipway.build.dockerfile.Instruction;
import dev.slipway.oci.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Inspects a Dockerfile by what its target needs on each platform. */
public final class InspectStages implements DockerfileInspector {
    private static final String FRONTEND = "BUILDKIT_SYNTAX";

    @Override
    public Findings inspect(byte[] content, Options options) {
        Dockerfile file = Dockerfile.parse(options.file(), content);
        Map<Platform, Set<String>> bases = new LinkedHashMap<>();
        Set<Requirement> beyond = new LinkedHashSet<>();
        file.beyond().forEach(what -> beyond.add(new Requirement(what, Capability.LATEST_SYNTAX)));
        Optional<String> argument = frontendArgument(options.buildArgs());
        argument.ifPresent(frontend -> beyond.add(new Requirement(
                "build argument %s names the frontend '%s', which needs a builder that loads it: %s"
                        .formatted(FRONTEND, frontend, Capability.LATEST_SYNTAX),
                Capability.LATEST_SYNTAX)));
        for (Platform platform : options.platforms()) {
            StageGraph graph = StageGraph.of(file, platform, options.target(), options.buildArgs());
            graph.images()
                    .forEach(image -> bases.computeIfAbsent(image.platform(), p -> new LinkedHashSet<>())
                            .add(image.name()));
            graph.plans().stream()
                    .flatMap(plan -> plan.stage().instructions().stream())
                    .filter(Instruction.Beyond.class::isInstance)
                    .map(Instruction.Beyond.class::cast)
                    .forEach(other -> beyond.add(new Requirement(other.why(), other.builders())));
        }
        return new Findings(bases, List.copyOf(beyond), argument.or(file::syntax), warnings(file, options));
    }

    /** BuildKit lets an argument have the last word over the file's own. */
    private static Optional<String> frontendArgument(Map<String, String> buildArgs) {
        return Optional.ofNullable(buildArgs.get(FRONTEND))
                .map(value -> value.strip().split(" ", 2)[0])
                .filter(frontend -> !frontend.isEmpty() && !Dockerfile.isDockersOwn(frontend));
    }

    private static List<String> warnings(Dockerfile file, Options options) {
        List<Instruction.Arg> declared = new ArrayList<>(file.globals());
        file.stages()
                .forEach(stage -> stage.instructions().forEach(instruction -> {
                    if (instruction instanceof Instruction.Arg arg) {
                        declared.add(arg);
                    }
                }));
        List<String> warnings = new ArrayList<>(file.warnings());
        Arguments.undeclared(declared, options.buildArgs())
                .forEach(name ->
                        warnings.add("build argument '%s' is declared nowhere in %s".formatted(name, options.file())));
        return warnings;
    }
}
