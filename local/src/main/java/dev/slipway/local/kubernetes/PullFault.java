package dev.slipway.local.kubernetes;

/** Why pulls fail, in the words that kubelets with containerd or CRI-O say it. */
public enum PullFault {
    NOT_FOUND("rpc error: code = NotFound desc = failed to pull and unpack image \"%1$s\": failed to resolve reference"
            + " \"%1$s\": %1$s: not found"),
    UNAUTHORIZED(
            "failed to pull and unpack image \"%1$s\": failed to resolve reference \"%1$s\": failed to authorize: failed to"
                    + " fetch anonymous token: unexpected status from GET request to https://auth.test/token: 401"
                    + " Unauthorized"),
    DENIED("failed to pull and unpack image \"%1$s\": failed to resolve reference \"%1$s\": pull access denied,"
            + " repository does not exist or may require authorization: server message: insufficient_scope:"
            + " authorization failed"),
    TLS("failed to pull and unpack image \"%1$s\": failed to resolve reference \"%1$s\": failed to do request: Head"
            + " \"https://registry.test/v2/\": tls: failed to verify certificate: x509: certificate signed by"
            + " unknown authority"),
    PLAIN_HTTP(
            "failed to pull and unpack image \"%1$s\": failed to resolve reference \"%1$s\": failed to do request: Head"
                    + " \"https://registry.test/v2/\": http: server gave HTTP response to HTTPS client"),
    DNS("failed to pull and unpack image \"%1$s\": failed to resolve reference \"%1$s\": failed to do request: Head"
            + " \"https://registry.test/v2/\": dial tcp: lookup registry.test on 10.96.0.10:53: no such host"),
    DISK_FULL("failed to pull and unpack image \"%1$s\": failed to extract layer sha256:00: write"
            + " /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/7/fs/app: no space left on"
            + " device"),
    TIMEOUT("failed to pull and unpack image \"%1$s\": failed to resolve reference \"%1$s\": failed to do request: Head"
            + " \"https://registry.test/v2/\": dial tcp 10.0.0.9:443: i/o timeout"),
    PLATFORM(
            "rpc error: code = NotFound desc = failed to pull and unpack image \"%1$s\": no match for platform in manifest:"
                    + " not found"),
    PLATFORM_CRIO(
            "choosing an image from manifest list docker://%1$s: no image found in image index for architecture \"arm64\","
                    + " variant \"v8\", OS \"linux\""),
    RATE_LIMITED(
            "failed to pull and unpack image \"%1$s\": failed to copy: httpReadSeeker: failed open: unexpected status code"
                    + " https://registry.test/v2/: 429 Too Many Requests - Server message: toomanyrequests: slow down"),
    UNREACHABLE(
            "failed to pull and unpack image \"%1$s\": failed to resolve reference \"%1$s\": failed to do request: Head"
                    + " \"https://registry.test/v2/\": dial tcp 10.0.0.9:443: connect: connection refused");

    private final String text;

    PullFault(String text) {
        this.text = text;
    }

    public String message(String image) {
        return text.formatted(image);
    }
}
