package dev.slipway.build.buildkit;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a daemon says it is.
 *
 * @param version of BuildKit: {@code v0.28.1}; {@code v0.0.0+unknown} where whoever built it did not say
 * @param dockerfile version of the frontend that is built in; empty where the daemon is too old to say
 */
record BuildKitVersion(String version, String dockerfile) {
    private static final Pattern NUMBERS =
            Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?(-.*)?(?:\\+.*)?");
    private static final int[] FIRST_SAFE = {0, 28, 1};
    private static final int[] UNSAID = {0, 0, 0};

    /** Of the release after: that of the first safe one came with holes too. */
    private static final int[] DOCKERFILE_THAT_IS_SAFE = {1, 23, 0};

    /**
     * Checks that no hole is known in it.
     *
     * @throws BuildException naming daemon, version and what is wanted
     */
    void check(DaemonAddress daemon) {
        int[] numbers = numbers(version);
        boolean said = Arrays.compare(numbers, UNSAID) > 0;
        boolean safe = said
                ? Arrays.compare(numbers, FIRST_SAFE) >= 0
                : Arrays.compare(numbers(dockerfile), DOCKERFILE_THAT_IS_SAFE) >= 0;
        if (!safe) {
            throw BuildException.permanent(
                    Reason.OPTION_UNSUPPORTED,
                    "BuildKit at %s is %s%s, and those before 0.28.1 have known holes; update the daemon"
                            .formatted(
                                    daemon,
                                    version.isEmpty() ? "of a version it does not tell" : version,
                                    dockerfile.isEmpty() ? "" : " with Dockerfile frontend " + dockerfile));
        }
    }

    /** A candidate of a release comes before it. */
    private static int[] numbers(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        if (!matcher.matches()) {
            return UNSAID;
        }
        int patch = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        boolean candidate = matcher.group(4) != null && matcher.group(4).startsWith("-rc");
        return new int[] {
            Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), candidate ? patch - 1 : patch
        };
    }
}
