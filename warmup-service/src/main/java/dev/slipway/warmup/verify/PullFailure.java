package dev.slipway.warmup.verify;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a node does not hold an image. The API has a sentence of the runtime and no code, so this is the one place that reads
 * such sentences; what it does not know is {@link #OTHER}, never a success.
 */
public enum PullFailure {
    /** No image for the node's platform; runtimes say "not found" of it too, so it comes first. */
    PLATFORM_MISMATCH(
            true,
            "no match for platform",
            "no image found in image index for architecture",
            "no image found in manifest list for architecture",
            "exec format error"),
    DISK_FULL(true, "no space left on device", "disk quota exceeded", "low on resource: ephemeral-storage"),
    RATE_LIMITED(false, "toomanyrequests", "429 too many requests"),
    UNAUTHORIZED(
            true,
            "401 unauthorized",
            "403 forbidden",
            "pull access denied",
            "insufficient_scope",
            "authorization failed",
            "authentication required",
            "unauthorized",
            "no basic auth credentials"),
    TLS(true, "x509:", "tls:", "certificate", "server gave http response to https client"),
    DNS(false, "no such host", "server misbehaving", "temporary failure in name resolution"),
    TIMEOUT(
            false,
            "i/o timeout",
            "deadline exceeded",
            "deadlineexceeded",
            "timed out",
            "tls handshake timeout",
            "client.timeout"),
    NOT_FOUND(true, "not found", "manifest unknown", "notfound", "name unknown", "repository does not exist"),
    REGISTRY_UNAVAILABLE(
            false,
            "connection refused",
            "connection reset",
            "unexpected eof",
            "502 bad gateway",
            "503 service unavailable",
            "500 internal server error",
            "no route to host"),
    /** It holds something, and that is not what was published. */
    WRONG_DIGEST(true),
    /** Where nothing may be pulled: the image is not there. */
    ABSENT(true, "not present with pull policy of never"),
    /** The image that the warm-up itself needs. */
    TOOL_IMAGE(true),
    /** Its pod went away, more than once. */
    POD_LOST(false),
    /** The cluster does not take its pod. */
    POD_REFUSED(true),
    OTHER(false);

    private static final String NEVER = "(?!)";

    private final boolean lasting;
    private final Pattern signs;

    PullFailure(boolean lasting, String... signs) {
        this.lasting = lasting;
        this.signs = Pattern.compile(
                signs.length == 0 ? NEVER : Stream.of(signs).map(Pattern::quote).collect(Collectors.joining("|")));
    }

    /** Whether waiting does not help. */
    public boolean isLasting() {
        return lasting;
    }

    /** Reads what a kubelet passes on of its runtime's answer. */
    public static PullFailure of(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("tls handshake timeout")) {
            return TIMEOUT;
        }
        for (PullFailure failure : values()) {
            if (failure.signs.matcher(text).find()) {
                return failure;
            }
        }
        return OTHER;
    }
}
