package dev.slipway.gateway.fleet;

import dev.slipway.gateway.builds.EventLog.LogUnavailableException;
import java.util.List;

/** All workers, of every pool. */
@FunctionalInterface
public interface Fleet {

    /**
     * Those that have reported of late, by name.
     *
     * @throws LogUnavailableException where the log of their reports cannot be read now
     */
    List<FleetWorker> workers();
}
