package dev.slipway.manifest.wiring;

import dev.slipway.manifest.join.JoinSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Times of the join: {@link JoinSettings}. */
@ConfigMapping(prefix = "slipway.join")
interface JoinConfig {

    @WithDefault("200ms")
    Duration tick();

    @WithDefault("30s")
    Duration repeatDeadline();

    @WithDefault("1h")
    Duration keepDecided();

    @WithDefault("24h")
    Duration keepMark();

    default JoinSettings settings() {
        return new JoinSettings(tick(), repeatDeadline(), keepDecided(), keepMark());
    }
}
