package dev.slipway.local.registry;

import dev.slipway.local.http.Request;
import dev.slipway.local.registry.store.ContentDigest;
import java.util.regex.Pattern;

/** Parts of requests that several endpoints read, and how they are refused. */
final class Parse {
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private Parse() {}

    static ContentDigest digest(String text) {
        return ContentDigest.parse(text)
                .orElseThrow(() -> new Refusal(
                        Refusal.Code.DIGEST_INVALID, "not a digest of sha256 or sha512: '%s'".formatted(text)));
    }

    static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    static Refusal unsupported(Request request) {
        return new Refusal(Refusal.Code.UNSUPPORTED, "%s is not for %s".formatted(request.method(), request.path()));
    }
}
