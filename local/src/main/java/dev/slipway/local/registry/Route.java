package dev.slipway.local.registry;

import dev.slipway.oci.RepositoryName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a path of the API names (distribution-spec 1.1, "Endpoints"). */
sealed interface Route {
    record Base() implements Route {}

    record Blob(RepositoryName repository, String digest) implements Route {}

    record Uploads(RepositoryName repository) implements Route {}

    record OpenUpload(RepositoryName repository, String id) implements Route {}

    record ManifestOf(RepositoryName repository, String reference) implements Route {}

    record Tags(RepositoryName repository) implements Route {}

    record Referrers(RepositoryName repository, String digest) implements Route {}

    /** A repository's name may have components like {@code blobs}: the last such part of the path decides. */
    Pattern PATH = Pattern.compile("/v2/(?<name>.+)/(?:"
            + "blobs/uploads/(?<upload>[^/]*)"
            + "|(?<uploads>blobs/uploads)"
            + "|blobs/(?<blob>[^/]+)"
            + "|manifests/(?<manifest>[^/]+)"
            + "|referrers/(?<referrers>[^/]+)"
            + "|(?<tags>tags/list))");

    int LONGEST_NAME = 255;

    /** Empty for a path that is not of the API. */
    static Optional<Route> of(String path) {
        if (path.equals("/v2/") || path.equals("/v2")) {
            return Optional.of(new Base());
        }
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? Optional.of(route(matcher)) : Optional.empty();
    }

    private static Route route(Matcher matcher) {
        RepositoryName name = repositoryName(matcher.group("name"));
        String upload = matcher.group("upload");
        if (upload != null) {
            return upload.isEmpty() ? new Uploads(name) : new OpenUpload(name, upload);
        }
        if (matcher.group("uploads") != null) {
            return new Uploads(name);
        }
        if (matcher.group("tags") != null) {
            return new Tags(name);
        }
        String blob = matcher.group("blob");
        if (blob != null) {
            return new Blob(name, blob);
        }
        String manifest = matcher.group("manifest");
        return manifest != null
                ? new ManifestOf(name, manifest)
                : new Referrers(name, String.valueOf(matcher.group("referrers")));
    }

    static RepositoryName repositoryName(String path) {
        if (path.length() > LONGEST_NAME) {
            throw new Refusal(Refusal.Code.NAME_INVALID, "a repository name of %d characters".formatted(path.length()));
        }
        try {
            return new RepositoryName("local", path);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.Code.NAME_INVALID, "not a repository name: '%s'".formatted(path));
        }
    }
}
