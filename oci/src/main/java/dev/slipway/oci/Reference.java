package dev.slipway.oci;

import java.util.Optional;
import java.util.regex.Pattern;

/** The name of an image, parsed as Docker does: defaults for registry, namespace and tag; a port is no tag. */
public sealed interface Reference {

    String DEFAULT_REGISTRY = "docker.io";
    String DEFAULT_TAG = "latest";

    RepositoryName repository();

    /** What the registry's manifest endpoint takes: the digest where there is one, else the tag. */
    String identifier();

    record Tagged(RepositoryName repository, String tag) implements Reference {
        private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

        public Tagged {
            if (!SYNTAX.matcher(tag).matches()) {
                throw new IllegalArgumentException("not a tag: '%s'".formatted(tag));
            }
        }

        @Override
        public String identifier() {
            return tag;
        }

        @Override
        public String toString() {
            return repository + ":" + tag;
        }
    }

    /** A reference by digest; the tag that may stand before it is kept as a note only. */
    record Digested(RepositoryName repository, Optional<String> tag, Digest digest) implements Reference {
        @Override
        public String identifier() {
            return digest.value();
        }

        @Override
        public String toString() {
            return repository + tag.map(t -> ":" + t).orElse("") + "@" + digest;
        }
    }

    /**
     * Parses {@code [registry/]path[:tag][@digest]}.
     *
     * @throws IllegalArgumentException quoting the text and saying what is wrong with it
     */
    static Reference parse(String text) {
        return References.parse(text);
    }

    /** Parses a reference that must not name a digest. */
    static Tagged parseTagged(String text) {
        return switch (parse(text)) {
            case Tagged tagged -> tagged;
            case Digested digested ->
                throw new IllegalArgumentException("a tag is wanted, and '%s' names a digest".formatted(text));
        };
    }
}
