package dev.slipway.warmup.run;

import static dev.slipway.warmup.run.FakeCluster.AMD64_ONLY;
import static dev.slipway.warmup.run.FakeCluster.BOTH;
import static dev.slipway.warmup.run.FakeCluster.INDEX;
import static dev.slipway.warmup.run.FakeCluster.digest;
import static dev.slipway.warmup.run.FakeCluster.image;
import static dev.slipway.warmup.run.FakeCluster.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.local.kubernetes.FakeNode;
import dev.slipway.local.kubernetes.FakeNode.ReportedDigest;
import dev.slipway.local.kubernetes.FakePulls;
import dev.slipway.local.kubernetes.FakePulls.Pull;
import dev.slipway.local.kubernetes.PullFault;
import dev.slipway.warmup.Progress;
import dev.slipway.warmup.WarmupListener;
import dev.slipway.warmup.WarmupOutcome;
import dev.slipway.warmup.WarmupOutcome.Halted;
import dev.slipway.warmup.WarmupOutcome.Warmed;
import dev.slipway.warmup.WarmupWish;
import dev.slipway.warmup.kubernetes.KubernetesCluster;
import dev.slipway.warmup.limits.Limits;
import dev.slipway.warmup.limits.Waves;
import dev.slipway.warmup.node.SkipReason;
import dev.slipway.warmup.node.Strategy;
import dev.slipway.warmup.verify.PublishedIndex;
import dev.slipway.warmup.verify.PublishedIndex.Child;
import dev.slipway.warmup.verify.PullFailure;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds over any API server, on played nodes. */
abstract class WarmClusterContract {
    static final Limits WIDE = Limits.of(50, 500, 50);

    final FakeCluster cluster = new FakeCluster(api());
    final KubernetesCluster connection = cluster.connection();
    final Heard heard = new Heard();

    /** Without nodes. */
    abstract FakeCluster.Api api();

    @AfterEach
    void stop() {
        connection.close();
        cluster.close();
    }

    final List<String> join(int count) {
        List<String> names =
                IntStream.range(0, count).mapToObj(i -> "node-" + i).toList();
        names.forEach(name -> cluster.kubelet.join(FakeNode.amd64(name)));
        return names;
    }

    final WarmupOutcome warm(ClusterSettings settings, PublishedIndex index) {
        return cluster.warm(connection, settings, WIDE, index).warm(image("b1"), WarmupWish.NOTHING_SPECIAL, heard);
    }

    static Progress end(WarmupOutcome outcome) {
        assertThat(outcome).isInstanceOf(Warmed.class);
        return ((Warmed) outcome).end();
    }

    @Test
    void warmsEveryNodeInWavesAndRunsNothingOfTheImage() {
        List<String> names = join(20);

        Progress end = end(warm(settings("1", "10%", "all"), BOTH));

        assertThat(end.warm()).isEqualTo(20);
        assertThat(names).allMatch(name -> cluster.kubelet.holds(name, INDEX.value()));
        assertThat(cluster.kubelet.entrypoints()).isEmpty();
        assertThat(heard.started).containsExactly(20);
        assertThat(heard.waves).extracting(Progress::warm).containsExactly(1, 2, 20);
        assertThat(heard.ended).hasSize(1);
        assertThat(cluster.pods()).as("removed when read").isEmpty();
    }

    @Test
    void createsNoPodForANodeOfAnotherPlatform() {
        join(1);
        cluster.kubelet.join(FakeNode.amd64("arm").withArchitecture("arm64"));

        Progress end = end(warm(settings("all"), AMD64_ONLY));

        assertThat(end.warm()).isEqualTo(1);
        assertThat(end.skipped()).containsExactly(Map.entry(SkipReason.NO_PLATFORM, 1));
        assertThat(SkipReason.NO_PLATFORM.code()).isEqualTo("SKIPPED_NO_PLATFORM");
        assertThat(cluster.kubelet.pulled()).noneMatch(pull -> pull.startsWith("arm "));
    }

    @Test
    void takesAnyOfTheThreeDigestsAsProof() {
        for (ReportedDigest reports : ReportedDigest.values()) {
            cluster.kubelet.join(FakeNode.amd64("node-" + reports.name().toLowerCase(Locale.ROOT))
                    .reporting(reports));
        }

        assertThat(end(warm(settings("all"), BOTH)).warm()).isEqualTo(3);
    }

    @Test
    void failsClosedWhereTheDigestIsAnother() {
        cluster.kubelet.join(FakeNode.amd64("a").reporting(ReportedDigest.MANIFEST));
        PublishedIndex other = new PublishedIndex(
                INDEX, List.of(new Child(BOTH.children().getFirst().platform(), digest("1"), digest("2"), 1000)));

        Halted halted = (Halted) warm(settings("all"), other);

        assertThat(halted.end().failed()).containsExactly(Map.entry(PullFailure.WRONG_DIGEST, 1));
    }

    @Test
    void leavesOutNodesThatCannotAndSaysWhy() {
        join(1);
        for (String name : List.of("cordoned", "full-disk", "tainted", "other-pool")) {
            cluster.kubelet.join(FakeNode.amd64(name).withLabels(Map.of("pool", "web")));
        }
        cluster.kubelet.join(FakeNode.amd64("asked").withLabels(Map.of("pool", "web")));
        cluster.kubelet.cordon("cordoned");
        cluster.kubelet.condition("full-disk", "DiskPressure", "True");
        cluster.kubelet.taint("tainted", "gpu", "NoSchedule");
        cluster.kubelet.condition("other-pool", "Ready", "False");

        WarmupOutcome outcome = cluster.warm(connection, settings("all"), WIDE, BOTH)
                .warm(
                        image("b1"),
                        new WarmupWish(List.of(), Map.of("pool", "web"), List.of(), Optional.empty()),
                        heard);

        assertThat(end(outcome).warm()).isEqualTo(1);
        assertThat(end(outcome).skipped())
                .containsOnly(
                        Map.entry(SkipReason.CORDONED, 1),
                        Map.entry(SkipReason.UNDER_PRESSURE, 1),
                        Map.entry(SkipReason.TAINTED, 1),
                        Map.entry(SkipReason.NOT_READY, 1));
    }

    @Test
    void tellsTheReasonsOfFailuresApart() {
        Map<String, PullFault> faults = Map.of(
                "not-found", PullFault.NOT_FOUND,
                "unauthorised", PullFault.UNAUTHORIZED,
                "tls", PullFault.TLS,
                "dns", PullFault.DNS,
                "disk-full", PullFault.DISK_FULL,
                "timeout", PullFault.TIMEOUT,
                "platform", PullFault.PLATFORM);
        faults.forEach((name, fault) -> {
            cluster.script.put(name, Pull.failed(fault));
            cluster.kubelet.join(FakeNode.amd64(name));
        });
        cluster.kubelet.join(FakeNode.amd64("hung"));
        cluster.script.put("hung", Pull.hung());

        Progress end = end(warm(
                settings(
                        Strategy.CONTAINER,
                        new Waves(List.of("all"), 1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30)),
                BOTH));

        assertThat(end.failed())
                .containsOnly(
                        Map.entry(PullFailure.NOT_FOUND, 1),
                        Map.entry(PullFailure.UNAUTHORIZED, 1),
                        Map.entry(PullFailure.TLS, 1),
                        Map.entry(PullFailure.DNS, 1),
                        Map.entry(PullFailure.DISK_FULL, 1),
                        Map.entry(PullFailure.TIMEOUT, 2),
                        Map.entry(PullFailure.PLATFORM_MISMATCH, 1));
        assertThat(end.failures())
                .hasSize(8)
                .allSatisfy(failure -> assertThat(failure.message()).isNotEmpty());
    }

    @Test
    void stopsAfterACanaryThatFails() {
        join(10).forEach(name -> cluster.script.put(name, Pull.failed(PullFault.NOT_FOUND)));

        Halted halted = (Halted) warm(settings("1", "all"), BOTH);

        assertThat(halted.end().failedNodes()).isEqualTo(1);
        assertThat(halted.end().remaining()).isEqualTo(9);
        assertThat(cluster.kubelet.pulled().stream().filter(pull -> pull.contains(INDEX.value())))
                .as("no further pod was created")
                .hasSize(1);
        await().until(() -> cluster.pods().isEmpty());
    }

    @Test
    void waitsOutWhatPasses() {
        AtomicInteger attempts = new AtomicInteger();
        cluster.pulls = (node, image, attempt) ->
                attempts.incrementAndGet() < 3 ? Pull.failed(PullFault.RATE_LIMITED) : Pull.done(Duration.ofMillis(1));
        join(1);

        assertThat(end(warm(settings("all"), BOTH)).warm()).isEqualTo(1);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void neverHasMorePodsInFlightThanAllowedWithFiveRunsAtOnce() throws Exception {
        cluster.pulls = FakePulls.seeded(1, Duration.ofMillis(20), Duration.ofMillis(80));
        join(6);
        try (var runs = Executors.newVirtualThreadPerTaskExecutor()) {
            Limits limits = Limits.of(4, 500, 10);
            WarmCluster warm = cluster.warm(connection, settings("all"), limits, BOTH);
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger most = new AtomicInteger();
            CompletableFuture<Void> sampling = CompletableFuture.runAsync(
                    () -> {
                        while (!done.get()) {
                            long inFlight = cluster.pods().stream()
                                    .filter(pod -> pod.getStatus() == null
                                            || !"Succeeded"
                                                    .equals(pod.getStatus().getPhase()))
                                    .count();
                            most.accumulateAndGet((int) inFlight, Math::max);
                        }
                    },
                    runs);

            List<CompletableFuture<WarmupOutcome>> all = IntStream.range(0, 5)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> warm.warm(image("build-" + i), WarmupWish.NOTHING_SPECIAL, new Heard()), runs))
                    .toList();
            try {
                for (var one : all) {
                    assertThat(end(one.get(60, TimeUnit.SECONDS)).warm()).isEqualTo(6);
                }
            } finally {
                done.set(true);
            }
            sampling.get(10, TimeUnit.SECONDS);

            assertThat(most.get()).isBetween(2, 4);
            assertThat(limits.slots().taken()).isZero();
        }
    }

    @Test
    void goesOnWhereAKilledProcessWas() throws Exception {
        List<String> names = join(8);
        CountDownLatch firstWave = new CountDownLatch(1);
        WarmupListener killedAfterFirstWave = new WarmupListener() {
            @Override
            public void started(String name, int nodes) {}

            @Override
            public void progressed(String name, Progress progress) {
                firstWave.countDown();
                throw new CancellationException("killed, for the test");
            }

            @Override
            public void ended(WarmupOutcome outcome) {}
        };
        try (KubernetesCluster before = cluster.connection()) {
            CompletableFuture.runAsync(
                            () -> cluster.warm(before, settings("3", "all"), WIDE, BOTH)
                                    .warm(image("b1"), WarmupWish.NOTHING_SPECIAL, killedAfterFirstWave),
                            work -> Thread.ofVirtual().start(work))
                    .exceptionally(e -> null)
                    .get(30, TimeUnit.SECONDS);
            assertThat(firstWave.getCount()).isZero();
        }
        Set<String> created = Set.copyOf(
                cluster.pods().stream().map(pod -> pod.getMetadata().getUid()).toList());

        Progress end = end(warm(settings("3", "all"), BOTH));

        assertThat(created).hasSize(3);
        assertThat(end.warm()).isEqualTo(8);
        assertThat(cluster.kubelet.pulled().stream().filter(pull -> pull.contains(INDEX.value())))
                .as("no node twice, no node lost")
                .containsExactlyInAnyOrderElementsOf(names.stream()
                        .map(name -> name + " " + FakeCluster.APP + "@" + INDEX)
                        .toList());
    }

    @Test
    void goesOnInTheMiddleOfAWaveWithoutASecondPodForANode() throws Exception {
        List<String> names = join(6);
        names.subList(0, 3).forEach(name -> cluster.script.put(name, Pull.done(Duration.ofSeconds(2))));
        try (KubernetesCluster before = cluster.connection()) {
            WarmCluster killed = cluster.warm(before, settings("all"), Limits.of(6, 500, 6), BOTH);
            FutureTask<WarmupOutcome> task =
                    new FutureTask<>(() -> killed.warm(image("b1"), WarmupWish.NOTHING_SPECIAL, new Heard()));
            Thread process = Thread.ofVirtual().start(task);
            await().until(() -> cluster.kubelet.begun().size() == 6 && warmNodes(names) == 3);
            process.interrupt();
            assertThatThrownBy(task::get).hasCauseInstanceOf(CancellationException.class);
        }

        Progress end = end(warm(settings("all"), BOTH));

        assertThat(end.warm()).isEqualTo(6);
        assertThat(cluster.kubelet.begun()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(cluster.pods()).isEmpty();
    }

    private long warmNodes(List<String> names) {
        return names.stream()
                .filter(name -> cluster.kubelet.holds(name, INDEX.value()))
                .count();
    }

    @Test
    void warmsANodeThatJoinsAndDoesNotWaitForOneThatLeaves() throws Exception {
        join(2);
        cluster.kubelet.join(FakeNode.amd64("leaving"));
        cluster.script.put("leaving", Pull.hung());
        cluster.script.put("node-0", Pull.done(Duration.ofSeconds(2)));
        CompletableFuture<WarmupOutcome> running = CompletableFuture.supplyAsync(
                () -> warm(settings("all"), BOTH), work -> Thread.ofVirtual().start(work));
        await().until(() ->
                cluster.kubelet.pulled().stream().anyMatch(pull -> pull.startsWith("leaving registry.test/team")));

        cluster.kubelet.join(FakeNode.amd64("joining"));
        cluster.kubelet.leave("leaving");

        Progress end = end(running.get(30, TimeUnit.SECONDS));
        assertThat(end.warm()).isEqualTo(3);
        assertThat(end.failedNodes()).isZero();
        assertThat(cluster.kubelet.holds("joining", INDEX.value())).isTrue();
    }

    @Test
    void keepsAnImageOnNodesThatComeAndOnThoseThatLoseIt() throws Exception {
        join(2);
        List<String> evicted = new CopyOnWriteArrayList<>();
        FutureTask<Void> keeping = new FutureTask<>(() -> {
            cluster.warm(connection, settings("all"), WIDE, BOTH)
                    .keep(image("b1"), WarmupWish.NOTHING_SPECIAL, Duration.ofMinutes(10), evicted::add);
            return null;
        });
        Thread thread = Thread.ofVirtual().start(keeping);
        await().until(() -> warmNodes(List.of("node-0", "node-1")) == 2);

        cluster.kubelet.join(FakeNode.amd64("new"));
        await().until(() -> cluster.kubelet.holds("new", INDEX.value()));
        cluster.kubelet.evict("node-1", INDEX.value());

        await().atMost(Duration.ofSeconds(30)).until(() -> cluster.kubelet.holds("node-1", INDEX.value()));
        assertThat(evicted).containsExactly("node-1");
        assertThat(cluster.kubelet.pulled().stream().filter(pull -> pull.contains(INDEX.value())))
                .as("only looked at, else")
                .hasSize(4);
        thread.interrupt();
        assertThatThrownBy(keeping::get).hasCauseInstanceOf(CancellationException.class);
        await().until(() -> cluster.pods().isEmpty());
    }

    @Test
    void mountsTheImageWhereTheNodesVersionsCan() {
        cluster.kubelet.join(FakeNode.amd64("new").withVersions("v1.36.1", "containerd://2.1.5"));
        cluster.kubelet.join(FakeNode.amd64("old").withVersions("v1.36.1", "containerd://1.7.20"));

        Progress end = end(warm(
                settings(Strategy.AUTO, new Waves(List.of("all"), 0), Duration.ofSeconds(20), Duration.ofSeconds(60)),
                BOTH));

        assertThat(end.warm()).isEqualTo(2);
    }
}
