package dev.slipway.build.plan;

import dev.slipway.build.BuildException.Reason;
import dev.slipway.oci.Platform;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The platforms of a request in their normal form, each once, in the order requested. */
record RequestedPlatforms(List<Platform> required, List<Platform> optional) {

    static RequestedPlatforms of(BuildRequest request, List<Violation> violations) {
        Set<Platform> required = parse(request.platforms(), violations);
        Set<Platform> optional = parse(request.optionalPlatforms(), violations);
        if (request.platforms().isEmpty()) {
            violations.add(Violation.of(
                    Reason.REQUEST_INVALID,
                    "the request names no platform; wanted is at least one, for example linux/amd64"));
        }
        for (Platform both : required) {
            if (optional.remove(both)) {
                violations.add(Violation.about(
                        both.name(),
                        Reason.REQUEST_INVALID,
                        "platform %s is both in platforms and in optionalPlatforms".formatted(both)));
            }
        }
        return new RequestedPlatforms(List.copyOf(required), List.copyOf(optional));
    }

    List<Platform> all() {
        List<Platform> all = new ArrayList<>(required);
        all.addAll(optional);
        return all;
    }

    private static Set<Platform> parse(List<String> names, List<Violation> violations) {
        Set<Platform> platforms = new LinkedHashSet<>();
        for (String name : names) {
            try {
                platforms.add(Platform.parse(name));
            } catch (IllegalArgumentException e) {
                violations.add(Violation.about(name, Reason.PLATFORM_UNKNOWN, String.valueOf(e.getMessage())));
            }
        }
        return platforms;
    }
}
