package dev.slipway.build.stages;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.dockerfile.Dockerfile;
import dev.slipway.build.dockerfile.Instruction;
import dev.slipway.build.dockerfile.Stage;
import dev.slipway.build.dockerfile.Word;
import dev.slipway.oci.Platform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stages that a target needs on one platform; those that nothing needs are not looked at. */
public final class StageGraph {
    private final Arguments arguments;
    private final List<StagePlan> plans;

    private StageGraph(Arguments arguments, List<StagePlan> plans) {
        this.arguments = arguments;
        this.plans = plans;
    }

    /**
     * Finds what is needed.
     *
     * @param target stage to build, by name or index; null for the last
     * @throws BuildException {@code DOCKERFILE_INVALID} where stages need each other in a circle, or one is not there
     */
    public static StageGraph of(
            Dockerfile file, Platform platform, @Nullable String target, Map<String, String> buildArgs) {
        Arguments arguments = Arguments.of(file.globals(), platform, target, buildArgs);
        return new StageGraph(arguments, new Search(file.stages(), platform, arguments).from(target(file, target)));
    }

    public Arguments arguments() {
        return arguments;
    }

    /** Each after all that it needs; the last is the target. */
    public List<StagePlan> plans() {
        return plans;
    }

    /** Indexes of the target and of the stages that it rests on, whose layers are the image's. */
    public Set<Integer> inImage() {
        Map<Integer, StagePlan> byIndex = new HashMap<>();
        plans.forEach(plan -> byIndex.put(plan.stage().index(), plan));
        Set<Integer> below = new LinkedHashSet<>();
        for (StagePlan plan = plans.getLast(); plan != null; ) {
            below.add(plan.stage().index());
            plan = plan.base() instanceof Origin.OfStage(int index) ? byIndex.get(index) : null;
        }
        return Collections.unmodifiableSet(below);
    }

    Stream<Origin.OfImage> images() {
        return plans.stream().flatMap(plan -> plan.images().values().stream());
    }

    /** The image that the target rests on; none where that began with nothing. */
    public Optional<Origin.OfImage> root() {
        Set<Integer> below = inImage();
        return plans.stream()
                .filter(plan -> below.contains(plan.stage().index()))
                .flatMap(plan -> plan.base() instanceof Origin.OfImage image ? Stream.of(image) : Stream.empty())
                .findFirst();
    }

    /**
     * Platforms whose programs the build runs.
     *
     * @param target the platform of stages that begin with nothing
     */
    public Set<Platform> runsOn(Platform target) {
        Map<Integer, Platform> byStage = new HashMap<>();
        Set<Platform> running = new LinkedHashSet<>();
        for (StagePlan plan : plans) {
            Platform platform = switch (plan.base()) {
                case Origin.OfImage image -> image.platform();
                case Origin.OfStage(int index) -> byStage.getOrDefault(index, target);
                case Origin.Scratch _, Origin.Context _ -> target;
            };
            byStage.put(plan.stage().index(), platform);
            if (plan.runs()) {
                running.add(platform);
            }
        }
        return Collections.unmodifiableSet(running);
    }

    private static Stage target(Dockerfile file, @Nullable String target) {
        List<Stage> stages = file.stages();
        if (target == null || target.isEmpty()) {
            return stages.getLast();
        }
        return named(stages, target.toLowerCase(Locale.ROOT))
                .or(() -> numbered(stages, target))
                .orElseThrow(() -> {
                    String known = stages.stream().map(Stage::label).collect(Collectors.joining(", "));
                    return BuildException.permanent(
                            Reason.DOCKERFILE_INVALID,
                            "there is no stage '%s' to build; the Dockerfile has %s".formatted(target, known));
                });
    }

    /** Names of stages are in lower case; FROM, but nothing else, wants them so. */
    private static Optional<Stage> named(List<Stage> stages, String name) {
        // of two stages with one name the later counts
        return stages.reversed().stream()
                .filter(stage -> stage.name().filter(name::equals).isPresent())
                .findFirst();
    }

    private static Optional<Stage> numbered(List<Stage> stages, String number) {
        return number.matches("[0-9]{1,6}") && Integer.parseInt(number) < stages.size()
                ? Optional.of(stages.get(Integer.parseInt(number)))
                : Optional.empty();
    }

    /** Goes from the target to whatever it needs. */
    private static final class Search {
        private final List<Stage> stages;
        private final Platform platform;
        private final Arguments arguments;
        private final Map<Integer, StagePlan> found = new LinkedHashMap<>();
        private final List<Integer> path = new ArrayList<>();

        Search(List<Stage> stages, Platform platform, Arguments arguments) {
            this.stages = stages;
            this.platform = platform;
            this.arguments = arguments;
        }

        List<StagePlan> from(Stage target) {
            // what FROM says must make sense even where nothing needs it, as BuildKit has it
            stages.forEach(this::base);
            visit(target);
            return List.copyOf(found.values());
        }

        private void visit(Stage stage) {
            if (found.containsKey(stage.index())) {
                return;
            }
            if (path.contains(stage.index())) {
                throw stage.from().invalid(0, "stage '%s' needs itself: %s".formatted(stage.label(), circle(stage)));
            }
            path.add(stage.index());
            StagePlan plan = plan(stage);
            plan.needs().forEach(index -> visit(stages.get(index)));
            plan.checkOrder();
            path.removeLast();
            found.put(stage.index(), plan);
        }

        private String circle(Stage stage) {
            List<Integer> circle = new ArrayList<>(path.subList(path.indexOf(stage.index()), path.size()));
            circle.add(stage.index());
            return circle.stream().map(index -> stages.get(index).label()).collect(Collectors.joining(" needs "));
        }

        private StagePlan plan(Stage stage) {
            Map<Instruction.Copy, Origin> sources = new LinkedHashMap<>();
            Map<Word, Origin> beyond = new LinkedHashMap<>();
            for (Instruction instruction : stage.instructions()) {
                if (instruction instanceof Instruction.Copy copy) {
                    sources.put(copy, source(copy));
                } else if (instruction instanceof Instruction.Beyond other) {
                    other.from().forEach(word -> beyond.put(word, source(word)));
                }
            }
            return new StagePlan(stage, base(stage), sources, beyond);
        }

        private Origin base(Stage stage) {
            String name = stage.base().expand(arguments).strip();
            if (name.isEmpty()) {
                throw stage.from()
                        .invalid(
                                stage.base().offset(),
                                "the base image '%s' is empty after expansion; expected a name, perhaps from an ARG before the first FROM"
                                        .formatted(stage.base()));
            }
            Platform wanted = platform(stage);
            return named(stages.subList(0, stage.index()), name)
                    .<Origin>map(other -> new Origin.OfStage(other.index()))
                    .orElseGet(() -> image(name, wanted));
        }

        private static Origin image(String name, Platform platform) {
            return name.equals("scratch") ? new Origin.Scratch() : new Origin.OfImage(name, platform);
        }

        private Platform platform(Stage stage) {
            Word word = stage.platform();
            String text = word == null ? "" : word.expand(arguments);
            if (word == null) {
                return platform;
            }
            try {
                return Platform.parse(text);
            } catch (IllegalArgumentException e) {
                throw word.line().invalid(word.offset(), "--platform is '%s': %s".formatted(text, e.getMessage()));
            }
        }

        private Origin source(Instruction.Copy copy) {
            Word from = copy.from();
            return from == null ? new Origin.Context() : source(from);
        }

        private Origin source(Word from) {
            String name = from.text();
            if (name.matches("[0-9]+")) {
                return numbered(stages, name)
                        .<Origin>map(stage -> new Origin.OfStage(stage.index()))
                        .orElseThrow(() -> from.line()
                                .invalid(
                                        from.offset(),
                                        "there is no stage %s; expected 0 to %d".formatted(name, stages.size() - 1)));
            }
            return named(stages, name.toLowerCase(Locale.ROOT))
                    .<Origin>map(stage -> new Origin.OfStage(stage.index()))
                    .orElseGet(() -> image(name, platform));
        }
    }
}
