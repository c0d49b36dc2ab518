package dev.slipway.build.dockerfile.shell;

/** Single and double quotes, and what the escape character does in them. */
public final class Quotes {
    private Quotes() {}

    /**
     * Finds the end of what is quoted.
     *
     * @param start where the opening quote is
     * @return where the text goes on behind the closing quote, or -1 where there is none
     */
    public static int end(String text, int start, char escape) {
        char quote = text.charAt(start);
        for (int at = start + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                return at + 1;
            }
            if (c == escape && quote == '"') {
                at++;
            }
        }
        return -1;
    }

    /** Takes quotes and escapes off, and leaves variables as they are; a quote that does not close holds all that follows. */
    public static String remove(String text, char escape) {
        StringBuilder out = new StringBuilder();
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == escape && quote != '\'') {
                at++;
                if (at == text.length()) {
                    break;
                }
                char escaped = text.charAt(at);
                if (quote == '"' && escaped != '"' && escaped != '$' && escaped != escape) {
                    out.append(escape);
                }
                out.append(escaped);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
