package dev.slipway.warmup.wiring;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What images are warmed on. */
@ConfigMapping(prefix = "slipway")
interface WarmupConfig {

    /** Where the clusters are; not supported yet, so it must not be set. */
    Optional<String> kubeconfig();
}
