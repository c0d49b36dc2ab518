package dev.slipway.build.wiring;

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

        /** Platforms that it can run by emulation. */
        Optional<List<String>> emulatedPlatforms();

        /** For temporary files of builds. */
        @WithDefault("${java.io.tmpdir}/slipway-worker")
        Path directory();

        /** How often it reports. */
        @WithDefault("1s")
        Duration statusPeriod();

        /** How long it may go on with its builds when it is asked to stop. */
        @WithDefault("10s")
        Duration drain();
    }

    /** Settings of the role {@link Role#SCHEDULER}. */
    interface Scheduler {
        /** After it, a worker that does not report is dead. */
        @WithDefault("5s")
        Duration silence();

        /** After it, a worker that does not report a build that it was given never got it. */
        @WithDefault("3s")
        Duration unheard();

        /** How long a finished build is remembered. */
        @WithDefault("1h")
        Duration memory();

        /** For Kafka Streams' locks; nothing lies there that matters. */
        @WithDefault("${java.io.tmpdir}/slipway-scheduler")
        String stateDirectory();
    }
}
