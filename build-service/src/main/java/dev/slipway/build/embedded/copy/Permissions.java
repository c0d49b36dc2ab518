package dev.slipway.build.embedded.copy;

/** Reads {@code --chmod}. */
public final class Permissions {
    private Permissions() {}

    /** Octal, as {@code 755} or {@code 0644}. */
    public static int parse(String text) {
        if (text.matches("[0-7]{1,5}") && Integer.parseInt(text, 8) <= 07777) {
            return Integer.parseInt(text, 8);
        }
        if (text.matches("[ugoa]*([=+-][ugorwxXst]*)+(,[ugoa]*([=+-][ugorwxXst]*)+)*")) {
            throw CopyException.unsupported(
                    "--chmod=%s is in symbolic notation, which the embedded builder does not read; expected an octal number, or builder buildkit"
                            .formatted(text));
        }
        throw CopyException.failed("--chmod=%s is no mode; expected an octal number such as 755".formatted(text));
    }
}
