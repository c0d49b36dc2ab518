package dev.slipway.oci;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Docker's grammar of image names ({@code distribution/reference}, "Grammar"). */
final class References {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private References() {}

    static Reference parse(String text) {
        try {
            return parseParts(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not an image reference: '%s': %s".formatted(text, e.getMessage()), e);
        }
    }

    private static Reference parseParts(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        String rest = text;
        Optional<Digest> digest = Optional.empty();
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = Optional.of(new Digest(rest.substring(at + 1)));
            rest = rest.substring(0, at);
        }
        Optional<String> tag = Optional.empty();
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = Optional.of(rest.substring(colon + 1));
            rest = rest.substring(0, colon);
        }
        if (HEX.matcher(rest).matches()) {
            throw new IllegalArgumentException("64 hex digits are a digest or an image id, and no name");
        }
        RepositoryName repository = repository(rest);
        if (digest.isPresent()) {
            return new Reference.Digested(repository, tag, digest.get());
        }
        return new Reference.Tagged(repository, tag.orElse(Reference.DEFAULT_TAG));
    }

    private static RepositoryName repository(String name) {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean registry = first.contains(".")
                || first.contains(":")
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
        if (!registry) {
            return new RepositoryName(Reference.DEFAULT_REGISTRY, slash < 0 ? "library/" + name : name);
        }
        String host = first.equals("index.docker.io") ? Reference.DEFAULT_REGISTRY : first;
        String path = name.substring(slash + 1);
        boolean official = host.equals(Reference.DEFAULT_REGISTRY) && !path.contains("/");
        return new RepositoryName(host, official ? "library/" + path : path);
    }
}
