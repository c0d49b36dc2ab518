package dev.slipway.oci.registry.manifests;

import dev.slipway.oci.registry.http.Answer;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Link} (RFC 8288) as registries page with it: {@code </v2/app/tags/list?n=2&last=b>; rel="next"}. */
final class Links {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>[^,<]*;\\s*rel=\"?next\"?", Pattern.CASE_INSENSITIVE);

    private Links() {}

    /** Where the next page is; it must be on the same host, since the credentials are for that one. */
    static Optional<URI> next(Answer answer) throws IOException {
        for (String link : answer.headers().allValues("Link")) {
            Matcher matcher = NEXT.matcher(link);
            if (matcher.find()) {
                URI next = answer.resolve(matcher.group(1));
                if (!answer.uri().getRawAuthority().equals(next.getRawAuthority())) {
                    throw new ProtocolException("the next page is on another host, " + next.getRawAuthority());
                }
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }
}
