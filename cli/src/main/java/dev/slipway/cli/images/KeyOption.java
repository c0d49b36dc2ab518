package dev.slipway.cli.images;

import dev.slipway.cli.options.Context;

/** Names of keys in options: files as the command's directory sees them, or variables of the environment. */
final class KeyOption {
    private KeyOption() {}

    static String path(Context context, String name) {
        return name.startsWith("env://")
                ? name
                : context.workingDirectory().resolve(name).normalize().toString();
    }
}
