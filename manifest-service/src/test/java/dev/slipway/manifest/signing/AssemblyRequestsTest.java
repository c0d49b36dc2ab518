package dev.slipway.manifest.signing;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import dev.slipway.oci.registry.http.RequestObserver;
import dev.slipway.signing.image.SignSubject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many requests an assembly of ten platforms takes, each with a layer of its own and one that all share. */
final class AssemblyRequestsTest {
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

    private final EmbeddedRegistry registry = EmbeddedRegistry.startTemporary();
    private final RegistryClient client = new RegistryClient();
    private final AtomicInteger requests = new AtomicInteger();
    private final SignSubject signSubject = new SignSubject(Images.key(), Images.key());
    private RegistryRepository staging;
    private List<Child> children;

    @BeforeEach
    void push() {
        RegistryRepository plain = client.repository(new RepositoryName(registry.address(), "staging"));
        staging = plain.observedBy(counting());
        children = PLATFORMS.stream()
                .map(platform -> Images.push(plain, platform, "shared", "for " + platform))
                .toList();
    }

    @AfterEach
    void stop() {
        client.close();
        registry.close();
    }

    @Test
    void asksForManifestConfigAndLayersOfEachPlatform() {
        assemble(Optional.empty());
        requests.set(0);

        assemble(Optional.empty());

        assertThat(requests).as("manifest, config, two layers; the index").hasValue(10 * 4 + 1);
    }

    @Test
    void takesSixMoreForEachSignedManifest() {
        Signatures.Order order = new Signatures.Order(
                List.of(new RepositoryName("registry.example", "app")), Instant.parse("2026-01-02T03:04:05Z"));
        assemble(Optional.empty());
        requests.set(0);

        assemble(Optional.of(order));

        assertThat(requests.get())
                .as("two manifests and two blobs each; whether it is new, and the empty config")
                .isEqualTo(41 + 11 * (2 + 2 * 2) + 1 + 3);
        requests.set(0);

        assemble(Optional.of(order));

        assertThat(requests)
                .as("again: whether both signatures of each are there")
                .hasValue(41 + 11 * 2);
    }

    private RequestObserver counting() {
        return new RequestObserver() {
            @Override
            public void answered(String method, int status) {
                requests.incrementAndGet();
            }
        };
    }

    private void assemble(Optional<Signatures.Order> order) {
        InstantSource clock = InstantSource.system();
        AssemblyOutcome outcome = new AssembleIndex(
                        new StagingRepository(staging),
                        new VerifiedLayers(Duration.ZERO, clock),
                        VerifyLimits.DEFAULT,
                        Optional.of(new StagedSignatures(staging, signSubject)),
                        clock)
                .assemble(new AssemblyPlan(children, Map.of(), order, Requests.RELEASE, "b-index"));
        assertThat(outcome).isInstanceOf(AssemblyOutcome.Assembled.class);
    }
}
