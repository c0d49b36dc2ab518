package dev.slipway.build.stages;

import dev.slipway.build.dockerfile.Instruction;
import dev.slipway.build.dockerfile.Stage;
import dev.slipway.build.dockerfile.Word;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** One stage for one platform: what it starts from, and where each of its copies takes files from. */
public final class StagePlan {
    private final Stage stage;
    private final Origin base;
    private final Map<Instruction.Copy, Origin> sources;
    private final Map<Word, Origin> beyond;

    /**
     * Puts it together.
     *
     * @param beyond where files come from for what the embedded builder cannot do
     */
    StagePlan(Stage stage, Origin base, Map<Instruction.Copy, Origin> sources, Map<Word, Origin> beyond) {
        this.stage = stage;
        this.base = base;
        this.sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
        this.beyond = Collections.unmodifiableMap(new LinkedHashMap<>(beyond));
    }

    public Stage stage() {
        return stage;
    }

    public Origin base() {
        return base;
    }

    public Origin sourceOf(Instruction.Copy copy) {
        Origin source = sources.get(copy);
        if (source == null) {
            throw new IllegalArgumentException("no instruction of this stage: " + copy.line());
        }
        return source;
    }

    /** Indexes of the stages that must be there first. */
    Set<Integer> needs() {
        Set<Integer> needed = new LinkedHashSet<>();
        origins().forEach(origin -> {
            if (origin instanceof Origin.OfStage other) {
                needed.add(other.index());
            }
        });
        return Collections.unmodifiableSet(needed);
    }

    /** A copy takes from stages before its own only. */
    void checkOrder() {
        sources.forEach((copy, source) -> {
            Word from = copy.from();
            if (from != null && source instanceof Origin.OfStage other && other.index() > stage.index()) {
                throw copy.line()
                        .invalid(
                                from.offset(),
                                "'%s' is a later stage; expected one before stage '%s'".formatted(from, stage.label()));
            }
        });
    }

    /** Every image that the stage needs, by the word of the Dockerfile that names it. */
    public Map<Word, Origin.OfImage> images() {
        Map<Word, Origin.OfImage> images = new LinkedHashMap<>();
        BiConsumer<Word, Origin> add = (word, origin) -> {
            if (origin instanceof Origin.OfImage image) {
                images.put(word, image);
            }
        };
        add.accept(stage.base(), base);
        sources.forEach((copy, origin) -> {
            Word from = copy.from();
            if (from != null) {
                add.accept(from, origin);
            }
        });
        beyond.forEach(add);
        return Collections.unmodifiableMap(images);
    }

    boolean runs() {
        return stage.instructions().stream()
                .anyMatch(instruction -> instruction instanceof Instruction.Beyond other && other.runs());
    }

    private Stream<Origin> origins() {
        return Stream.of(Stream.of(base), sources.values().stream(), beyond.values().stream())
                .flatMap(Function.identity());
    }
}
