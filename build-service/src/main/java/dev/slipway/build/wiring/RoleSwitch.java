package dev.slipway.build.wiring;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Switches the channel of requests off where the planner is not among this process's roles. */
public final class RoleSwitch implements ConfigSourceInterceptor {
    private static final long serialVersionUID = 1L;
    private static final String CHANNEL = "mp.messaging.incoming.build-requests.enabled";

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue roles = name.equals(CHANNEL) ? context.restart("slipway.roles") : null;
        if (roles == null || roles.getValue() == null) {
            return context.proceed(name);
        }
        boolean plans = Arrays.stream(roles.getValue().split(","))
                .anyMatch(role -> role.strip().toUpperCase(Locale.ROOT).equals(Role.PLANNER.name()));
        return roles.from().withName(CHANNEL).withValue(Boolean.toString(plans)).build();
    }
}
