package dev.slipway.push.wiring;

import dev.slipway.push.moving.MoveLimits;
import dev.slipway.push.staging.VerifyLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How images are pushed. */
@ConfigMapping(prefix = "slipway.push")
interface PushConfig {

    /** To one registry, over all builds. */
    @WithDefault("32")
    int requestsAtOnce();

    /** To one registry, over all builds. */
    @WithDefault("6")
    int uploadsAtOnce();

    /** Blobs over 64 KiB that are on their way, over all builds and registries. */
    @WithDefault("6")
    int blobsAtOnce();

    /** Where blobs lie while they go to several registries; the JVM's temporary directory unless told. */
    Optional<Path> spoolDirectory();

    /** Manifests of the staging repository that are kept in memory. */
    @WithDefault("16777216")
    long manifestCacheBytes();

    /** Registries whose tags cannot be moved back, so they are moved last. */
    Optional<Set<String>> immutableRegistries();

    /** Registries that collect manifests which no tag names: what is staged there gets tags {@code slipway-hold-sha256-…}. */
    Optional<Set<String>> holdTags();

    /** A file that says which tags each tenant may publish and roll back; everybody may do everything without one. */
    Optional<Path> access();

    Verify verify();

    Move move();

    /** {@link VerifyLimits}. */
    interface Verify {
        @WithDefault("5s")
        Duration resolve();

        @WithDefault("2s")
        Duration mediaType();

        @WithDefault("100ms")
        Duration pause();

        default VerifyLimits limits() {
            return new VerifyLimits(resolve(), mediaType(), pause());
        }
    }

    /** {@link MoveLimits}. */
    interface Move {
        @WithDefault("3")
        int attempts();

        @WithDefault("100ms")
        Duration pause();

        @WithDefault("5s")
        Duration confirm();

        default MoveLimits limits() {
            return new MoveLimits(attempts(), pause(), confirm());
        }
    }
}
