package dev.slipway.manifest.signing;

import dev.slipway.local.files.TemporaryDirectory;
import dev.slipway.local.registry.EmbeddedRegistry;
import dev.slipway.manifest.AssembleIndex;
import dev.slipway.manifest.AssemblyOutcome;
import dev.slipway.manifest.AssemblyPlan;
import dev.slipway.manifest.Requests;
import dev.slipway.manifest.Signatures;
import dev.slipway.manifest.children.Child;
import dev.slipway.manifest.children.VerifiedLayers;
import dev.slipway.manifest.children.VerifyLimits;
import dev.slipway.manifest.staging.StagingRepository;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.contract.DockerRegistry;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import dev.slipway.oci.registry.http.RequestObserver;
import dev.slipway.signing.cosign.Artifact;
import dev.slipway.signing.image.SignSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What {@code benchmarks/assembly} runs: images that nobody assembled before in each round, so that all is written. */
public final class AssemblyBenchmark {
    private static final List<String> PLATFORMS = List.of(
            "linux/amd64",
            "linux/arm64",
            "linux/arm/v7",
            "linux/arm/v6",
            "linux/386",
            "linux/riscv64",
            "linux/s390x",
            "linux/ppc64le",
            "linux/loong64",
            "linux/mips64le");

    private AssemblyBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[0]);
        try (EmbeddedRegistry embedded = EmbeddedRegistry.startTemporary()) {
            measure("embedded registry", embedded.address(), rounds);
        }
        List<Path> parents = Stream.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))
                .filter(Files::isDirectory)
                .toList();
        for (Path parent : parents) {
            try (TemporaryDirectory directory =
                            new TemporaryDirectory(Files.createTempDirectory(parent, "slipway-assembly"));
                    DockerRegistry distribution = DockerRegistry.startOrSkip(directory.path())) {
                measure("CNCF Distribution on " + Files.getFileStore(parent).type(), distribution.name(), rounds);
            }
        }
    }

    private static void measure(String what, String registry, int rounds) {
        AtomicInteger requests = new AtomicInteger();
        try (RegistryClient client = new RegistryClient()) {
            RegistryRepository plain = client.repository(new RepositoryName(registry, "staging"));
            RegistryRepository counted = plain.observedBy(new RequestObserver() {
                @Override
                public void answered(String method, int status) {
                    requests.incrementAndGet();
                }
            });
            Optional<Signatures.Order> order = Optional.of(new Signatures.Order(
                    List.of(new RepositoryName("registry.example", "app")), Instant.parse("2026-01-02T03:04:05Z")));
            AssembleIndex assemble = assembler(counted);
            for (Optional<Signatures.Order> signing :
                    Stream.of(Optional.<Signatures.Order>empty(), order).toList()) {
                Rounds measured = new Rounds(rounds);
                for (int round = -rounds; round < rounds; round++) {
                    List<Child> children = push(plain, what + signing.isPresent() + round);
                    requests.set(0);
                    Rounds.Round running = measured.start(round);
                    AssemblyOutcome outcome = assemble.assemble(
                            new AssemblyPlan(children, Map.of(), signing, Requests.RELEASE, "b" + (round + rounds)));
                    if (!(outcome instanceof AssemblyOutcome.Assembled)) {
                        throw new IllegalStateException("not assembled: " + outcome);
                    }
                    running.end();
                }
                measured.print(what, signing.isPresent() ? "signed" : "unsigned", requests.get());
            }
            measureBare(what, plain.name(), rounds);
        }
    }

    /** The floor under a signed assembly: its writes alone. */
    private static void measureBare(String what, RepositoryName repository, int rounds) {
        Rounds measured = new Rounds(rounds);
        try (BareWrites bare = new BareWrites(repository)) {
            for (int round = -rounds; round < rounds; round++) {
                List<Artifact> artifacts = bare.artifacts(what + round, PLATFORMS.size());
                Rounds.Round running = measured.start(round);
                bare.send(artifacts);
                running.end();
            }
        }
        measured.print(what, "its signatures' writes by a bare client", 11 * 6);
    }

    private static List<Child> push(RegistryRepository staging, String round) {
        return IntStream.range(0, PLATFORMS.size())
                .mapToObj(i -> Images.push(staging, PLATFORMS.get(i), "shared", round + i))
                .toList();
    }

    private static AssembleIndex assembler(RegistryRepository staging) {
        InstantSource clock = InstantSource.system();
        return new AssembleIndex(
                new StagingRepository(staging),
                new VerifiedLayers(Duration.ofMinutes(10), clock),
                VerifyLimits.DEFAULT,
                Optional.of(new StagedSignatures(staging, new SignSubject(Images.key(), Images.key()))),
                clock);
    }
}
