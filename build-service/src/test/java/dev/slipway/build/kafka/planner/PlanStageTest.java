package dev.slipway.build.kafka.planner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.build.AllowedFrontends;
import dev.slipway.build.DockerfileInspector;
import dev.slipway.build.ImageRepositories;
import dev.slipway.build.kafka.Examples;
import dev.slipway.build.kafka.Handlings;
import dev.slipway.build.kafka.Records;
import dev.slipway.build.kafka.SentEvents;
import dev.slipway.build.plan.BuildContexts;
import dev.slipway.build.plan.OfferedBuilders.Offer;
import dev.slipway.build.plan.PlanBuild;
import dev.slipway.build.plan.PlanDocuments;
import dev.slipway.events.EventIds;
import dev.slipway.events.Fact;
import dev.slipway.events.ProgressEvent.BuildCancelReceived;
import dev.slipway.events.ProgressEvent.BuildPlanned;
import dev.slipway.events.ProgressEvent.BuildRejected;
import dev.slipway.events.ProgressEvent.PlatformBuildFailed;
import dev.slipway.events.QueueEvent.PlatformBuildQueued;
import dev.slipway.events.RequestEvent.BuildCancelRequested;
import dev.slipway.events.RequestEvent.BuildRequested;
import dev.slipway.events.RequestEvent.CopyRequested;
import dev.slipway.events.RequestEvent.IndexChangeRequested;
import dev.slipway.events.RequestEvent.RollbackRequested;
import dev.slipway.events.RequestEvent.WarmupRequested;
import dev.slipway.events.model.Failure;
import dev.slipway.events.model.FailureCode;
import dev.slipway.events.model.PublishPolicy;
import dev.slipway.events.model.Source;
import dev.slipway.events.model.WarmupSpec;
import dev.slipway.oci.Platform;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanStageTest {
    private final SentEvents sent = new SentEvents();
    private final Map<String, byte[]> kept = new HashMap<>();
    private PlanDocuments documents = new PlanDocuments() {
        @Override
        public Optional<byte[]> find(String buildId) {
            return Optional.ofNullable(kept.get(buildId));
        }

        @Override
        public void keep(String buildId, byte[] document) {
            assertThat(sent.facts())
                    .as("nothing is said before the plan is kept")
                    .isEmpty();
            kept.put(buildId, document);
        }
    };
    private Map<Platform, Set<String>> bases = Map.of();

    @Test
    void saysWhatIsPlannedAndThenQueuesEachPlatform() {
        handle("1", Examples.request("linux/amd64", "linux/arm64"));

        assertThat(sent.facts())
                .<Class<?>>extracting(Object::getClass)
                .containsExactly(BuildPlanned.class, PlatformBuildQueued.class, PlatformBuildQueued.class);
        assertThat(sent.of(BuildPlanned.class).getFirst()).satisfies(planned -> {
            assertThat(planned.buildId()).isEqualTo(EventIds.buildId("/test", "1"));
            assertThat(planned.deadline()).isEqualTo(Examples.REQUESTED_AT.plus(Duration.ofHours(4)));
            assertThat(planned.plan().tenant()).isEqualTo("default");
            assertThat(planned.plan().requestedAt()).isEqualTo(Examples.REQUESTED_AT);
        });
    }

    @Test
    void saysTheSameAgainAfterARestartThoughTheWorldHasChanged() {
        handle("1", Examples.request("linux/amd64"));
        List<Fact> before = sent.facts();
        SentEvents again = new SentEvents();
        bases = Map.of(Platform.parse("linux/amd64"), Set.of("gone:1"));

        Handlings.over(again).handle(Records.request("1", Examples.request("linux/amd64")), stage(again));

        assertThat(again.facts()).isEqualTo(before);
    }

    @Test
    void reportsAnOptionalPlatformThatCannotBeBuiltAndDoesNotQueueIt() {
        bases = Map.of(Platform.parse("linux/s390x"), Set.of("gone:1"));
        BuildRequested request = optional(Examples.request("linux/amd64"), List.of("linux/s390x"));

        handle("1", request);

        assertThat(sent.of(PlatformBuildFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.platform()).isEqualTo("linux/s390x");
            assertThat(failed.failure().code()).isEqualTo(FailureCode.BASE_IMAGE_UNAVAILABLE);
        });
        assertThat(sent.of(PlatformBuildQueued.class))
                .extracting(PlatformBuildQueued::platform)
                .containsExactly("linux/amd64");
        assertThat(sent.of(BuildPlanned.class).getFirst().optionalPlatforms()).containsExactly("linux/s390x");
    }

    @Test
    void handsACancellationOnToTheLogThatDecides() {
        String build = Examples.buildId("one");

        Handlings.over(sent)
                .handle(Records.request("c1", new BuildCancelRequested(build, "wrong branch", "max")), stage(sent));
        Handlings.over(sent).handle(Records.request("c2", new BuildCancelRequested(build, null, null)), stage(sent));
        Handlings.over(sent).handle(Records.request("c3", new BuildCancelRequested("b", null, null)), stage(sent));

        assertThat(sent.facts())
                .containsExactly(
                        new BuildCancelReceived(build, "default", "wrong branch (max)"),
                        new BuildCancelReceived(build, "default", "on request"));
        assertThat(sent.others())
                .singleElement()
                .satisfies(letter -> assertThat(Records.reason(letter)).contains("'b'", "no build id"));
    }

    @Test
    void rejectsSourcesThatThisVersionCannotRead() {
        handle(
                "git",
                Examples.request(new Source.Git("https://example.org/a.git", "c".repeat(40), null), "linux/amd64"));
        handle(
                "elsewhere",
                Examples.request(
                        new Source.Artifact("ghcr.io/else/where", Examples.CONTEXT, null, null), "linux/amd64"));

        assertThat(sent.of(BuildRejected.class))
                .flatExtracting(BuildRejected::failures)
                .extracting(Failure::code, Failure::concerns)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(FailureCode.OPTION_UNSUPPORTED, "source.git"),
                        org.assertj.core.groups.Tuple.tuple(
                                FailureCode.OPTION_UNSUPPORTED, "source.artifact.repository"));
    }

    @Test
    void takesTheStagingRepositoryByItsName() {
        handle(
                "1",
                Examples.request(
                        new Source.Artifact("127.0.0.1:5000/slipway/staging", Examples.CONTEXT, null, null),
                        "linux/amd64"));

        assertThat(sent.of(BuildPlanned.class)).hasSize(1);
    }

    @Test
    void rejectsWhenStagingIsDown() {
        documents = new PlanDocuments() {
            @Override
            public Optional<byte[]> find(String buildId) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "staging:1", "staging:1 is down", null);
            }

            @Override
            public void keep(String buildId, byte[] document) {}
        };

        handle("1", Examples.request("linux/amd64"));

        assertThat(sent.of(BuildRejected.class))
                .flatExtracting(BuildRejected::failures)
                .extracting(Failure::code, Failure::retryable)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(FailureCode.REGISTRY_UNAVAILABLE, true));
    }

    @Test
    void rejectsAPlanThatWouldNotFitIntoAnAssignment() {
        BuildRequested large = labelled(Examples.request("linux/amd64"), Map.of("l", "x".repeat(500_000)));

        handle("1", large);

        assertThat(sent.of(BuildRejected.class))
                .flatExtracting(BuildRejected::failures)
                .extracting(Failure::code)
                .containsExactly(FailureCode.REQUEST_INVALID);
        assertThat(kept).isEmpty();
    }

    @Test
    void rejectsAndKeepsADeadLetterWhenADefectStopsIt() {
        documents = new PlanDocuments() {
            @Override
            public Optional<byte[]> find(String buildId) {
                return Optional.of("not a plan".getBytes(UTF_8));
            }

            @Override
            public void keep(String buildId, byte[] document) {}
        };

        handle("1", Examples.request("linux/amd64"));

        assertThat(sent.of(BuildRejected.class))
                .flatExtracting(BuildRejected::failures)
                .extracting(Failure::code)
                .containsExactly(FailureCode.INTERNAL_ERROR);
        assertThat(sent.others()).singleElement().matches(Records::isDeadLetter);
    }

    @Test
    void leavesWarmUpsToTheWarmUpService() {
        WarmupSpec warmup = new WarmupSpec(List.of("c"), Map.of(), List.of(), null, false, null);

        Handlings.over(sent).handle(Records.request("1", new WarmupRequested("a:1", warmup, null)), stage(sent));

        assertThat(sent.facts()).isEmpty();
        assertThat(sent.others()).isEmpty();
    }

    @Test
    void leavesRollbacksAndCopiesToThePushService() {
        RollbackRequested rollback = new RollbackRequested("a:1", "previous", null);
        CopyRequested copy = new CopyRequested("a:1", List.of("b:1"), List.of(), null);

        Handlings.over(sent).handle(Records.request("1", rollback), stage(sent));
        Handlings.over(sent).handle(Records.request("2", copy), stage(sent));

        assertThat(sent.facts()).isEmpty();
        assertThat(sent.others()).isEmpty();
    }

    @Test
    void leavesChangesOfIndexesToTheManifestService() {
        IndexChangeRequested change = new IndexChangeRequested(
                "a:1", List.of(), List.of("linux/arm64"), List.of(), false, PublishPolicy.ALL, null);

        Handlings.over(sent).handle(Records.request("1", change), stage(sent));

        assertThat(sent.facts()).isEmpty();
        assertThat(sent.others()).isEmpty();
    }

    @Test
    void takesARequestForSignaturesOnlyWhereThereIsAKey() {
        RepositoryName staging = new RepositoryName("127.0.0.1:5000", "slipway/staging");
        BuildRequested request = signed(Examples.request("linux/amd64"));

        assertThat(new RequestTranslation(staging, false)
                        .toRequest("b", request)
                        .unsupported())
                .containsExactly("sign");
        assertThat(new RequestTranslation(staging, true).toRequest("b", request).unsupported())
                .isEmpty();
    }

    private void handle(String id, BuildRequested request) {
        Handlings.over(sent).handle(Records.request(id, request), stage(sent));
    }

    private PlanStage stage(SentEvents publisher) {
        BuildContexts contexts = (context, path) -> "FROM scratch".getBytes(UTF_8);
        DockerfileInspector inspector = (dockerfile, options) ->
                new DockerfileInspector.Findings(bases, List.of(), Optional.empty(), List.of());
        ImageRepositories none = repository -> {
            throw new StoreException(StoreException.Kind.NOT_FOUND, "nowhere", "nowhere answered 404", null);
        };
        return new PlanStage(
                new PlanBuild(
                        contexts,
                        inspector,
                        none,
                        (pool, enough) -> List.of(new Offer("embedded", List.of(), Map.of())),
                        AllowedFrontends.NONE),
                documents,
                new RequestTranslation(new RepositoryName("127.0.0.1:5000", "slipway/staging"), false),
                publisher);
    }

    private static BuildRequested optional(BuildRequested request, List<String> platforms) {
        return with(request, platforms, request.labels(), request.sign());
    }

    private static BuildRequested labelled(BuildRequested request, Map<String, String> labels) {
        return with(request, request.optionalPlatforms(), labels, request.sign());
    }

    private static BuildRequested signed(BuildRequested request) {
        return with(request, request.optionalPlatforms(), request.labels(), true);
    }

    private static BuildRequested with(
            BuildRequested request, List<String> optionalPlatforms, Map<String, String> labels, boolean sign) {
        return new BuildRequested(
                request.source(),
                request.file(),
                request.target(),
                request.platforms(),
                optionalPlatforms,
                request.buildArgs(),
                request.secrets(),
                request.ssh(),
                labels,
                request.annotations(),
                request.tags(),
                request.cacheFrom(),
                request.cacheTo(),
                request.noCache(),
                request.pull(),
                request.sbom(),
                request.provenance(),
                sign,
                request.reproducible(),
                request.pool(),
                request.workerLabels(),
                request.priority(),
                request.mode(),
                request.publishPolicy(),
                request.warmup(),
                request.timeout(),
                request.deadline(),
                request.requester());
    }
}
