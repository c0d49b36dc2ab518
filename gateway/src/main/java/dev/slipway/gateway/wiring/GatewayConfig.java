package dev.slipway.gateway.wiring;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The gateway's own settings; those that services share are named where they are used. */
@ConfigMapping(prefix = "slipway.gateway")
public interface GatewayConfig {

    /** For whom the callers on this machine act. */
    @WithDefault("default")
    String tenant();

    /** Builds whose events are kept in memory, the latest. */
    @WithDefault("500")
    int keepBuilds();

    /** Size of all events that are kept in memory. */
    @WithDefault("24M")
    MemorySize keepSize();

    /** Readers of the whole log at one time; each costs a Kafka consumer. */
    @WithDefault("16")
    int logReaders();
}
