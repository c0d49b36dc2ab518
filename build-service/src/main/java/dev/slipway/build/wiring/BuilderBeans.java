package dev.slipway.build.wiring;

import dev.slipway.build.AllowedFrontends;
import dev.slipway.build.ImageBuilder;
import dev.slipway.build.ImageRepositories;
import dev.slipway.build.buildah.BuildahBuilder;
import dev.slipway.build.buildah.BuildahSettings;
import dev.slipway.build.buildah.Emulation;
import dev.slipway.build.buildkit.BuildKitBuilder;
import dev.slipway.build.buildkit.BuildKitSettings;
import dev.slipway.build.buildkit.DaemonAddress;
import dev.slipway.build.embedded.EmbeddedBuilder;
import dev.slipway.build.process.OwnProcessSpace;
import dev.slipway.build.process.RunProgram;
import dev.slipway.build.tool.NamedFiles;
import dev.slipway.build.tool.TakeResult;
import dev.slipway.build.tool.ToolEnvironment;
import dev.slipway.build.tool.WorkerFiles;
import dev.slipway.context.ContextReader;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.quarkus.arc.lookup.LookupIfProperty;
import io.quarkus.arc.lookup.LookupUnlessProperty;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Builders: one producer for each. */
final class BuilderBeans {
    /** How long a tool that is to end may tidy up. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    @Produces
    @Singleton
    ToolEnvironment toolEnvironment(OpenTelemetry telemetry) {
        return new ToolEnvironment(System.getenv(), () -> {
            Map<String, String> fields = new HashMap<>();
            telemetry
                    .getPropagators()
                    .getTextMapPropagator()
                    .inject(Context.current(), fields, (into, name, value) -> fields.put(name, value));
            fields.keySet().retainAll(Set.of("traceparent", "tracestate"));
            return fields;
        });
    }

    @Produces
    @Singleton
    @LookupIfProperty(name = "slipway.builders.buildah.enabled", stringValue = "true")
    ImageBuilder buildah(
            BuildServiceConfig config,
            ContextReader contexts,
            StagingRepository staging,
            ImageRepositories images,
            ToolEnvironment environment) {
        BuildServiceConfig.Buildah buildah = config.builders().buildah();
        return new BuildahBuilder(
                new BuildahSettings(
                        buildah.program(),
                        buildah.isolation(),
                        buildah.storage().toAbsolutePath(),
                        config.worker().directory().toAbsolutePath(),
                        files(config)),
                contexts,
                new TakeResult(staging.store(), images),
                environment,
                new RunProgram(GRACE),
                OwnProcessSpace.probe(),
                Emulation.ofKernel());
    }

    @Produces
    @Singleton
    ImageBuilder embedded(
            BuildServiceConfig config, ContextReader contexts, StagingRepository staging, ImageRepositories images) {
        return new EmbeddedBuilder(
                contexts, staging.store(), images, config.worker().directory());
    }

    @Produces
    @Singleton
    @LookupUnlessProperty(name = "slipway.builders.buildkit.address", stringValue = "")
    ImageBuilder buildkit(
            BuildServiceConfig config,
            ContextReader contexts,
            StagingRepository staging,
            ImageRepositories images,
            ToolEnvironment environment) {
        BuildServiceConfig.BuildKit buildkit = config.builders().buildkit();
        return new BuildKitBuilder(
                new BuildKitSettings(
                        buildkit.program(),
                        new DaemonAddress(buildkit.address().orElseThrow(), tls(buildkit)),
                        staging.name(),
                        config.worker().directory().toAbsolutePath(),
                        files(config),
                        new NamedFiles("local cache", buildkit.caches()),
                        new AllowedFrontends(config.builders().frontends().orElse(List.of()))),
                contexts,
                staging.store(),
                new TakeResult(staging.store(), images),
                environment,
                new RunProgram(GRACE));
    }

    private static WorkerFiles files(BuildServiceConfig config) {
        return WorkerFiles.in(config.worker().secrets(), config.worker().ssh());
    }

    private static Optional<DaemonAddress.Tls> tls(BuildServiceConfig.BuildKit buildkit) {
        List<Path> files = Stream.of(buildkit.tlsAuthority(), buildkit.tlsCertificate(), buildkit.tlsKey())
                .flatMap(Optional::stream)
                .toList();
        return switch (files.size()) {
            case 0 -> Optional.empty();
            case 3 -> Optional.of(new DaemonAddress.Tls(files.get(0), files.get(1), files.get(2)));
            default ->
                throw new IllegalStateException(
                        "slipway.builders.buildkit has %d of tls-authority, tls-certificate and tls-key; set all three, or none"
                                .formatted(files.size()));
        };
    }

    void close(@Disposes ImageBuilder builder) throws IOException {
        if (builder instanceof EmbeddedBuilder embedded) {
            embedded.close();
        }
    }
}
