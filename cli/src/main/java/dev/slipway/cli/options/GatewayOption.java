package dev.slipway.cli.options;

import dev.slipway.cli.gateway.Gateway;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.stack.StackFile;
import dev.slipway.cli.stack.StackHome;
import dev.slipway.cli.stack.StackOptions;
import dev.slipway.cli.stack.StackState;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Which gateway to talk to: that of the option, of the environment, or of the local stack. */
public final class GatewayOption {
    private static final String OPTION = "--gateway";
    private static final String ENVIRONMENT = "SLIPWAY_GATEWAY";

    private GatewayOption() {}

    public static CommandSpec addTo(CommandSpec spec) {
        return spec.addOption(
                Options.text(OPTION, "URL", "The gateway; by default $SLIPWAY_GATEWAY, or that of the local stack."));
    }

    public static Gateway gateway(Context context, ParseResult given) {
        return new Gateway(named(context, given).orElseGet(() -> local(context)));
    }

    /** The local stack, where no other gateway is named. */
    public static Optional<StackOptions> localStack(Context context, ParseResult given) {
        return named(context, given).isPresent() ? Optional.empty() : stack(StackHome.of(context.environment()));
    }

    private static Optional<URI> named(Context context, ParseResult given) {
        String told = context.environment().getOrDefault(ENVIRONMENT, "");
        return Options.text(given, OPTION)
                .map(url -> Checked.httpUrl(OPTION, url))
                .or(() -> told.isEmpty() ? Optional.empty() : Optional.of(Checked.httpUrl(ENVIRONMENT, told)));
    }

    private static URI local(Context context) {
        StackHome home = StackHome.of(context.environment());
        return stack(home)
                .map(options -> URI.create(options.gatewayUrl()))
                .orElseThrow(() -> CommandFailure.unavailable(
                        "no stack runs in %s, and no other gateway is named: 'slipway up' starts one, %s URL or $%s names one"
                                .formatted(home.directory(), OPTION, ENVIRONMENT)));
    }

    private static Optional<StackOptions> stack(StackHome home) {
        return new StackFile(home).read().map(StackState::options);
    }
}
