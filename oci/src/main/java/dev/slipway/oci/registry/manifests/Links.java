package dev.slipway.oci.registry.manifests;

import dev.slipway.oci.registry.http.Answer;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Link} (RFC 8288) as registries page with it: {@code </v2/app/tags/list?n=2&last=b>; rel="next"}. */
final class Links {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>[^,<]*;\\s*rel=\"?next\"?", Pattern.CASE_INSENSITIVE);

    private Links() {}

    static Optional<URI> next(Answer answer) {
        for (String link : answer.headers().allValues("Link")) {
            Matcher matcher = NEXT.matcher(link);
            if (matcher.find()) {
                return Optional.of(answer.uri().resolve(matcher.group(1)));
            }
        }
        return Optional.empty();
    }
}
