package dev.slipway.oci.registry.blobs;

import dev.slipway.oci.registry.http.Answer;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Headers that the answers about an upload share. */
final class Uploads {
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-(\\d+)");

    private Uploads() {}

    /** Where the upload goes on; absolute, whatever the registry wrote. */
    static URI location(Answer answer) throws IOException {
        return answer.resolve(answer.header("Location")
                .orElseThrow(() -> new ProtocolException("the answer names no Location for the upload")));
    }

    static URI locationOrElse(Answer answer, URI before) throws IOException {
        Optional<String> location = answer.header("Location");
        return location.isEmpty() ? before : answer.resolve(location.get());
    }

    /** How many bytes the registry has; empty when it does not say. An empty upload is {@code 0-0} to some: not told apart. */
    static OptionalLong received(Answer answer) {
        Optional<Matcher> matcher = answer.header("Range").map(RANGE::matcher).filter(Matcher::matches);
        if (matcher.isEmpty()) {
            return OptionalLong.empty();
        }
        long last = Long.parseLong(matcher.get().group(1));
        return OptionalLong.of(last == 0 ? 0 : last + 1);
    }
}
