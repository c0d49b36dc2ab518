package dev.slipway.cli;

import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.stack.StackFile;
import dev.slipway.cli.stack.StackHome;
import dev.slipway.cli.stack.StackOptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which gateway to talk to: that of the option, of the environment, of the local stack, or of one at its default port. */
final class GatewayOption {
    private static final String ENVIRONMENT = "SLIPWAY_GATEWAY";

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            description = "The gateway; by default $SLIPWAY_GATEWAY, or that of the local stack.")
    private @Nullable String url;

    Gateway gateway(Context context) {
        return new Gateway(url(context));
    }

    private URI url(Context context) {
        if (url != null) {
            return Checked.httpUrl("--gateway", url);
        }
        String told = context.environment().getOrDefault(ENVIRONMENT, "");
        if (!told.isEmpty()) {
            return Checked.httpUrl(ENVIRONMENT, told);
        }
        return URI.create(new StackFile(StackHome.of(context.environment()))
                .read()
                .map(state -> state.options().gatewayUrl())
                .orElse("http://127.0.0.1:" + StackOptions.DEFAULT_GATEWAY_PORT));
    }
}
