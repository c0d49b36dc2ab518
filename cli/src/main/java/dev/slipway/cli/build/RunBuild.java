package dev.slipway.cli.build;

import dev.slipway.cli.gateway.CloudEvent;
import dev.slipway.cli.gateway.FollowEvents;
import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.gateway.GatewayFailure;
import dev.slipway.cli.json.Json;
import dev.slipway.cli.progress.Progress;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.cli.report.Units;
import dev.slipway.context.git.GitRevision;
import dev.slipway.context.pack.PackRequest;
import dev.slipway.events.EventType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Sends a context, asks for a build and follows it to where the caller wants to wait for it. */
public final class RunBuild {
    /** How long the gateway may be gone while a build is followed: a restart of the stack is no reason to give up. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What the pipeline has to say that time ran out, before this stops listening. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration SPAN_EXPORT_LIMIT = Duration.ofSeconds(1);

    private final Gateway gateway;
    private final InstantSource clock;
    private final String requester;
    private final Path cacheDirectory;
    private final CiRef ciRef;

    public RunBuild(
            Gateway gateway,
            InstantSource clock,
            String requester,
            Path cacheDirectory,
            Map<String, String> environment) {
        this.gateway = gateway;
        this.clock = clock;
        this.requester = requester;
        this.cacheDirectory = cacheDirectory;
        this.ciRef = new CiRef(environment);
    }

    /** An accepted request. */
    public record Accepted(String buildId, String traceId) {}

    /**
     * What came of it.
     *
     * @param state with the outcome, unless nothing was waited for
     * @param took from the first byte read to the end of waiting
     */
    public record Result(Accepted accepted, BuildState state, Duration took) {}

    /**
     * Runs to the outcome that the options ask for.
     *
     * @param traceparent of the caller, where there is one
     * @param accepted hears of the build's id before it is waited for
     */
    public Result run(
            BuildOptions options, Optional<String> traceparent, Progress progress, Consumer<Accepted> accepted) {
        Instant began = clock.instant();
        BuildState state = new BuildState(options.platforms(), options.waitFor());
        state.sending(began);
        progress.show(state.rows());
        SentContext sent = new SendContext(gateway)
                .send(new PackRequest(options.directory(), options.dockerfile(), Optional.of(cacheDirectory)));
        Instant submitting = clock.instant();
        state.sent(Duration.between(began, submitting), detail(sent));
        progress.show(state.rows());

        TraceContext trace = TraceContext.begin(traceparent);
        String buildId = gateway.submit(event(options, sent, trace, submitting));
        Instant submitted = clock.instant();
        state.accepted(submitting);
        progress.show(state.rows());
        Accepted build = new Accepted(buildId, trace.traceId());
        accepted.accept(build);

        Thread export = inBackground(() -> export(new SubmitSpan(trace, began, submitted, buildId, sent)));
        if (options.waitFor() == BuildOptions.WaitFor.NONE) {
            join(export);
        } else {
            follow(buildId, state, progress, options.timeout());
        }
        return new Result(build, state, Duration.between(began, clock.instant()));
    }

    private CloudEvent event(BuildOptions options, SentContext sent, TraceContext trace, Instant time) {
        Optional<GitRevision> revision = GitRevision.of(options.directory()).map(ciRef::completed);
        return new CloudEvent(
                UUID.randomUUID().toString(),
                "/slipway/cli/" + requester,
                EventType.BUILD_REQUESTED,
                time,
                Optional.of(trace.traceparent()),
                Json.write(RequestDocument.of(options, sent, revision, requester)));
    }

    private static String detail(SentContext sent) {
        String ignored = sent.totalBytes() > sent.packedBytes() ? " of " + Units.bytes(sent.totalBytes()) : "";
        return "%d files, %s%s, sent %s"
                .formatted(
                        sent.fileCount(),
                        Units.bytes(sent.packedBytes()),
                        ignored,
                        sent.sentBytes() == 0 ? "nothing, it was there" : Units.bytes(sent.sentBytes()));
    }

    private void follow(String buildId, BuildState state, Progress progress, Optional<Duration> timeout) {
        FutureTask<Boolean> following = new FutureTask<>(
                () -> new FollowEvents(gateway, PATIENCE).follow(Optional.of(buildId), true, event -> {
                    state.apply(event);
                    progress.show(state.rows());
                    return state.outcome().isEmpty();
                }),
                true);
        if (timeout.isEmpty()) {
            following.run();
        } else {
            inBackground(following);
        }
        try {
            if (timeout.isEmpty()) {
                following.get();
            } else {
                following.get(timeout.get().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            throw new CommandFailure(
                    ExitCode.TIMEOUT,
                    "build %s has not ended within %s (--timeout); 'slipway events --build %s --follow' goes on following it"
                            .formatted(buildId, Units.text(timeout.orElse(Duration.ZERO)), buildId));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a build was followed", e);
        }
    }

    /** A trace without its first span is still a trace: no reason to fail a build, or to bother its user. */
    private void export(SubmitSpan span) {
        try {
            gateway.exportSpans(span.otlpJson());
        } catch (GatewayFailure e) {
            System.getLogger(RunBuild.class.getName())
                    .log(System.Logger.Level.DEBUG, "the submitting span was not exported", e);
        }
    }

    /** Not on a virtual thread: the JVM waits 0.3 s at its end for the poller of those that use sockets. */
    private static Thread inBackground(Runnable task) {
        return Thread.ofPlatform().daemon().start(task);
    }

    private static void join(Thread thread) {
        try {
            thread.join(SPAN_EXPORT_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
