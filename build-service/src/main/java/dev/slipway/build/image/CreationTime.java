package dev.slipway.build.image;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.build.BuildInputs;
import java.time.Instant;
import java.util.Optional;

/**
 * Times in images, none of which is taken from a clock.
 *
 * @param image that it was created, as it says itself
 * @param files of what the build adds
 */
public record CreationTime(Instant image, Instant files) {
    private static final String ARGUMENT = "SOURCE_DATE_EPOCH";
    /** The latest time that a tar archive can hold. */
    private static final long LATEST = 077777777777L;

    /**
     * Files have the time that the request sets, else 1970: so equal files give equal layers. The image has that time too, else
     * the request's own, which a reproducible one must not have.
     */
    public static CreationTime of(BuildInputs inputs) {
        Optional<Instant> set = set(inputs);
        Instant otherwise = inputs.reproducible() ? Instant.EPOCH : inputs.created();
        return new CreationTime(set.orElse(otherwise), set.orElse(Instant.EPOCH));
    }

    /** The time that the request sets for both. */
    public static Optional<Instant> set(BuildInputs inputs) {
        return Optional.ofNullable(inputs.buildArgs().get(ARGUMENT)).map(CreationTime::parse);
    }

    private static Instant parse(String text) {
        long seconds = text.matches("[0-9]{1,11}") ? Long.parseLong(text) : -1;
        if (seconds < 0 || seconds > LATEST) {
            throw BuildException.permanent(
                    Reason.REQUEST_INVALID,
                    "build argument %s is '%s'; expected seconds since 1970, 0 to %d"
                            .formatted(ARGUMENT, text, LATEST));
        }
        return Instant.ofEpochSecond(seconds);
    }
}
