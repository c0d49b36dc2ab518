package dev.slipway.build.stages;

import dev.slipway.build.DockerfileInspector;
import dev.slipway.build.dockerfile.Dockerfile;
import dev.slipway.build.dockerfile.Instruction;
import dev.slipway.oci.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Inspects a Dockerfile by what its target needs on each platform. */
public final class InspectStages implements DockerfileInspector {

    @Override
    public Findings inspect(byte[] content, Options options) {
        Dockerfile file = Dockerfile.parse(options.file(), content);
        Map<Platform, Set<String>> bases = new LinkedHashMap<>();
        Set<String> beyond = new LinkedHashSet<>(file.beyond());
        for (Platform platform : options.platforms()) {
            StageGraph graph = StageGraph.of(file, platform, options.target(), options.buildArgs());
            graph.images()
                    .forEach(image -> bases.computeIfAbsent(image.platform(), p -> new LinkedHashSet<>())
                            .add(image.name()));
            graph.plans().stream()
                    .flatMap(plan -> plan.stage().instructions().stream())
                    .filter(Instruction.Beyond.class::isInstance)
                    .forEach(instruction -> beyond.add(((Instruction.Beyond) instruction).why()));
        }
        return new Findings(bases, List.copyOf(beyond), warnings(file, options));
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
