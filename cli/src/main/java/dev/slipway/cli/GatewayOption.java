package dev.slipway.cli;

import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.stack.StackFile;
import dev.slipway.cli.stack.StackHome;
import dev.slipway.cli.stack.StackOptions;
import dev.slipway.cli.stack.StackState;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Which gateway to talk to: that of the option, of the environment, of the local stack, or of one at its default port. */
final class GatewayOption {
    private static final String OPTION = "--gateway";
    private static final String ENVIRONMENT = "SLIPWAY_GATEWAY";

    private GatewayOption() {}

    static CommandSpec addTo(CommandSpec spec) {
        return spec.addOption(
                Options.text(OPTION, "URL", "The gateway; by default $SLIPWAY_GATEWAY, or that of the local stack."));
    }

    static Gateway gateway(Context context, ParseResult given) {
        return new Gateway(url(context, Options.text(given, OPTION)));
    }

    /** The local stack, where no other gateway is named. */
    static Optional<StackOptions> localStack(Context context, ParseResult given) {
        boolean other = Options.text(given, OPTION).isPresent()
                || !context.environment().getOrDefault(ENVIRONMENT, "").isEmpty();
        return other
                ? Optional.empty()
                : new StackFile(StackHome.of(context.environment())).read().map(StackState::options);
    }

    private static URI url(Context context, Optional<String> option) {
        if (option.isPresent()) {
            return Checked.httpUrl(OPTION, option.get());
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
