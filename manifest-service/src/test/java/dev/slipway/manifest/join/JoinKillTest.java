package dev.slipway.manifest.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.ProgressEvent;
import dev.slipway.events.Topic;
import dev.slipway.kit.events.EventReader;
import dev.slipway.kit.events.MalformedEventException;
import dev.slipway.manifest.JoinState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Facts in any order, repeated, late, with deadlines, while the join is killed again and again. A kill loses outputs and state
 * that were not yet acknowledged, each on its own, and reads again from the last commit.
 */
final class JoinKillTest {
    private static final List<String> PLATFORMS = List.of("linux/amd64", "linux/arm64", "linux/arm/v7", "linux/s390x");
    private static final List<Topic> OUTPUTS =
            List.of(Topic.IMAGE_ASSEMBLY_READY, Topic.IMAGE_ASSEMBLED, Topic.BUILD_PROGRESS);

    /** What one record, or one look at the clock, made the join write. */
    private record Step(Map<Bytes, byte[]> stateAfter, List<Output> outputs) {}

    private record Output(Topic topic, String key, String id) {}

    static LongStream seeds() {
        return LongStream.range(0, 80);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesEachBuildExactlyOneEndAsTheLogHasIt(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> builds = List.of("a".repeat(32), "b".repeat(32), "c".repeat(32));
        try (JoinDriver join = new JoinDriver()) {
            List<TestRecord<String, byte[]>> log = log(join, random, builds);

            Set<Output> durable = run(join, random, log);

            for (String build : builds) {
                Set<String> expected = expected(build, log);
                Set<String> ends = new HashSet<>();
                durable.stream().filter(o -> o.key().equals(build)).forEach(o -> ends.add(o.topic() + " " + o.id()));
                assertThat(ends).as("build %s, seed %d", build, seed).isEqualTo(expected);
            }
        }
    }

    /** The log as producers write it; deadlines join it while it is read. */
    private static List<TestRecord<String, byte[]>> log(JoinDriver join, Random random, List<String> builds) {
        List<TestRecord<String, byte[]>> log = new ArrayList<>();
        for (String build : builds) {
            List<String> required = PLATFORMS.subList(0, 1 + random.nextInt(3));
            List<String> optional = PLATFORMS.subList(required.size(), required.size() + random.nextInt(2));
            add(join, random, log, Samples.planned(build, required, optional));
            for (String platform : PLATFORMS) {
                int attempts = random.nextInt(4);
                for (int attempt = 1; attempt <= attempts; attempt++) {
                    boolean fails = random.nextInt(8) == 0;
                    add(
                            join,
                            random,
                            log,
                            fails ? Samples.failed(build, platform, attempt) : Samples.built(build, platform, attempt));
                }
            }
            if (random.nextInt(5) == 0) {
                add(join, random, log, new ProgressEvent.BuildCancelReceived(build, "default", "by jane"));
            }
        }
        Collections.shuffle(log, random);
        return log;
    }

    private static void add(JoinDriver join, Random random, List<TestRecord<String, byte[]>> log, ProgressEvent event) {
        int times = 1 + random.nextInt(2);
        for (int i = 0; i < times; i++) {
            log.add(join.record(event));
        }
    }

    private static Set<Output> run(JoinDriver join, Random random, List<TestRecord<String, byte[]>> log) {
        Set<Output> durable = new HashSet<>();
        List<Step> uncommitted = new ArrayList<>();
        Map<Bytes, byte[]> committedState = join.store.snapshot();
        int kills = random.nextInt(6);
        int position = 0;
        while (position < log.size()) {
            join.pipe(log.get(position++));
            uncommitted.add(new Step(join.store.snapshot(), outputs(join)));
            if (random.nextInt(4) == 0) {
                uncommitted.forEach(step -> durable.addAll(step.outputs()));
                uncommitted.clear();
                committedState = join.store.snapshot();
            } else if (kills > 0 && random.nextInt(5) == 0) {
                kills--;
                int stateSteps = random.nextInt(uncommitted.size() + 1);
                for (Topic topic : OUTPUTS) {
                    uncommitted.subList(0, random.nextInt(uncommitted.size() + 1)).stream()
                            .flatMap(step -> step.outputs().stream())
                            .filter(output -> output.topic() == topic)
                            .forEach(durable::add);
                }
                join.store.restore(
                        stateSteps == 0
                                ? committedState
                                : uncommitted.get(stateSteps - 1).stateAfter());
                position -= uncommitted.size();
                uncommitted.clear();
                committedState = join.store.snapshot();
                join.restart();
            }
        }
        uncommitted.forEach(step -> durable.addAll(step.outputs()));
        join.advance(Duration.ofMinutes(11));
        log.addAll(join.records(Topic.BUILD_PROGRESS)); // deadlines, which the driver has read back
        durable.addAll(outputs(join));
        return durable;
    }

    private static List<Output> outputs(JoinDriver join) {
        List<Output> outputs = new ArrayList<>();
        for (Topic topic : OUTPUTS) {
            for (TestRecord<String, byte[]> record : join.records(topic)) {
                String id = new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
                outputs.add(new Output(topic, record.key(), id));
            }
        }
        return outputs;
    }

    private static Set<String> expected(String build, List<TestRecord<String, byte[]>> log)
            throws MalformedEventException {
        JoinLog joined = JoinLog.startedAt(Samples.REQUESTED);
        for (TestRecord<String, byte[]> record : log) {
            if (record.key().equals(build)) {
                KeptFact fact = KeptFact.of(new EventReader()
                                .read(
                                        Topic.BUILD_PROGRESS.topicName(),
                                        record.headers(),
                                        record.value(),
                                        ProgressEvent.class))
                        .orElseThrow();
                joined = joined.with(fact, Samples.REQUESTED).orElse(joined);
            }
        }
        return switch (joined.state()) {
            case JoinState.Collecting<KeptFact> collecting ->
                throw new AssertionError("not decided though its deadline has passed: " + joined);
            case JoinState.Ended<KeptFact> ended -> Set.of();
            case JoinState.Cancelled<KeptFact> cancelled -> only(Topic.BUILD_PROGRESS, build, joined);
            case JoinState.Ready<KeptFact> ready -> only(Topic.IMAGE_ASSEMBLY_READY, build, joined);
            case JoinState.Failed<KeptFact> failed -> only(Topic.IMAGE_ASSEMBLED, build, joined);
            case JoinState.Expired<KeptFact> expired -> only(Topic.IMAGE_ASSEMBLED, build, joined);
        };
    }

    private static Set<String> only(Topic topic, String build, JoinLog log) {
        return Set.of(topic + " " + JoinDriver.idOf(Conclusions.of(build, log).getFirst()));
    }
}
