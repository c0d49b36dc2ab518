package dev.slipway.build.wiring;

import dev.slipway.build.buildah.BuildahSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings of a process of the build service. */
@ConfigMapping(prefix = "slipway")
public interface BuildServiceConfig {

    @WithDefault("planner,scheduler,worker")
    Set<Role> roles();

    /** The staging repository. */
    @WithDefault("127.0.0.1:5000/slipway/staging")
    String staging();

    /**
     * A name that survives restarts of this process and that no other running one has. With it, a process that was killed goes
     * on as soon as it is back; without it, Kafka has to miss it first.
     */
    Optional<String> instance();

    /** Whether the manifest service has a key, so that requests may want signatures. No key is ever configured here. */
    @WithDefault("false")
    boolean signing();

    Worker worker();

    Planner planner();

    Builders builders();

    Scheduler scheduler();

    /** Settings of the role {@link Role#WORKER}. */
    interface Worker {
        /** The worker's name; the instance's, or the host's, where it is absent. */
        Optional<String> id();

        /** How many platform builds it runs at once. */
        @WithDefault("4")
        int slots();

        @WithDefault("default")
        String pool();

        Map<String, String> labels();

        /** Platforms that it is; where absent, what its builders say. */
        Optional<List<String>> nativePlatforms();

        /** Platforms that it can run by emulation; where absent, what its builders say. */
        Optional<List<String>> emulatedPlatforms();

        /** For temporary files of builds. */
        @WithDefault("${java.io.tmpdir}/slipway-worker")
        Path directory();

        /** Holds a file for each secret that requests may name. */
        Optional<Path> secrets();

        /** Holds a key or an agent's socket for each name that requests may use for SSH. */
        Optional<Path> ssh();

        /** In provenance, before driver and mode: who answers for what this worker builds. */
        @WithDefault("https://slipway.dev/builders")
        String builderId();

        /** How often it reports. */
        @WithDefault("1s")
        Duration statusPeriod();

        /** How long it may go on with its builds when it is asked to stop. */
        @WithDefault("10s")
        Duration drain();
    }

    /** Settings of the role {@link Role#PLANNER}. */
    interface Planner {
        /** How long a request may wait for a worker that has the builder it needs. */
        @WithDefault("4s")
        Duration patience();

        /** How long a worker that says nothing still counts: long enough for a restart. */
        @WithDefault("30s")
        Duration memory();
    }

    /** Builders beside the embedded one. */
    interface Builders {
        Buildah buildah();

        BuildKit buildkit();

        /** Repositories or references of frontends that {@code # syntax} may name beside Docker's own. */
        Optional<List<String>> frontends();
    }

    /** A BuildKit daemon, which is used where its address is set. */
    interface BuildKit {
        /** {@code unix:///path} or {@code tcp://host:port}. */
        Optional<String> address();

        /** buildctl, by path, or by a name on PATH. */
        @WithDefault("buildctl")
        String program();

        /** For TCP, all three of them: PEM files of the daemon's authority, and of the client's certificate and key. */
        Optional<Path> tlsAuthority();

        Optional<Path> tlsCertificate();

        Optional<Path> tlsKey();

        /** Holds a directory for each local cache that requests may name. */
        Optional<Path> caches();
    }

    /** Buildah, which is off unless it is told to be on. */
    interface Buildah {
        @WithDefault("false")
        boolean enabled();

        /** By path, or by a name on PATH. */
        @WithDefault("buildah")
        String program();

        @WithDefault("chroot")
        BuildahSettings.Isolation isolation();

        /** For its images and layers; no two processes may share it. */
        @WithDefault("${java.io.tmpdir}/slipway-buildah")
        Path storage();
    }

    /** Settings of the role {@link Role#SCHEDULER}. */
    interface Scheduler {
        /** After it, a worker that does not report is dead. */
        @WithDefault("5s")
        Duration silence();

        /** After it, a worker that does not report a build that it was given never got it. */
        @WithDefault("3s")
        Duration unheard();

        /**
         * How long a build waits for a slot of a living worker that is native to its platform, before one that emulates it
         * gets it.
         */
        @WithDefault("30s")
        Duration busy();

        /** How long a finished build is remembered. */
        @WithDefault("1h")
        Duration memory();

        /** For Kafka Streams' locks; nothing lies there that matters. */
        @WithDefault("${java.io.tmpdir}/slipway-scheduler")
        String stateDirectory();
    }
}
