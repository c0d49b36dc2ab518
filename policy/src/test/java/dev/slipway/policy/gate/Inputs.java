package dev.slipway.policy.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.policy.input.PolicyInput;

/** Documents of an image that every shipped example lets pass, and of others. */
final class Inputs {
    private static final String GOOD = """
            {"index": {"digest": "sha256:aa", "mediaType": "application/vnd.oci.image.index.v1+json",
               "annotations": {}, "platforms": ["linux/amd64", "linux/arm64"], "size": 3000},
             "images": [
              {"platform": "linux/amd64", "os": "linux", "architecture": "amd64", "variant": "", "osVersion": "",
               "digest": "sha256:bb", "mediaType": "application/vnd.oci.image.manifest.v1+json", "size": 1000,
               "config": {"user": "65532", "env": {"PATH": "/bin"}, "entrypoint": ["/app"], "cmd": [],
                 "exposedPorts": ["8080/tcp"], "volumes": [], "workingDir": "/"},
               "labels": {"org.opencontainers.image.source": "https://git.example/app",
                 "org.opencontainers.image.revision": "4b825dc", "org.opencontainers.image.licenses": "MIT"},
               "annotations": {},
               "layers": [{"digest": "sha256:cc", "size": 900, "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip"}],
               "base": {"name": "gcr.io/distroless/static:nonroot", "digest": "sha256:dd"},
               "sbom": {"packages": [{"name": "musl", "version": "1.2.5", "purl": "pkg:apk/alpine/musl@1.2.5",
                 "license": "MIT", "licenses": ["MIT"]}]},
               "provenance": {"buildDefinition": {"buildType": "https://slipway.dev/build"}}},
              {"platform": "linux/arm64", "os": "linux", "architecture": "arm64", "variant": "", "osVersion": "",
               "digest": "sha256:ee", "mediaType": "application/vnd.oci.image.manifest.v1+json", "size": 2000,
               "config": {"user": "65532", "env": {"PATH": "/bin"}, "entrypoint": ["/app"], "cmd": [],
                 "exposedPorts": ["8080/tcp"], "volumes": [], "workingDir": "/"},
               "labels": {"org.opencontainers.image.source": "https://git.example/app",
                 "org.opencontainers.image.revision": "4b825dc", "org.opencontainers.image.licenses": "MIT"},
               "annotations": {},
               "layers": [],
               "base": {"name": "gcr.io/distroless/static:nonroot", "digest": "sha256:dd"},
               "sbom": {"packages": []}}],
             "targets": [{"reference": "ghcr.io/acme/shop:1.2.3", "registry": "ghcr.io", "repository": "acme/shop",
               "tag": "1.2.3"}],
             "request": {"tenant": "acme", "mode": "release", "requester": "ci@acme.example",
               "source": {"url": "https://git.example/app", "revision": "4b825dc", "ref": "refs/heads/release/1.2"}}}
            """;

    private Inputs() {}

    static PolicyInput good() {
        return PolicyInput.parse(GOOD.getBytes(UTF_8));
    }

    /** The good one with every occurrence of a text replaced, which must be there. */
    static PolicyInput with(String before, String after) {
        if (!GOOD.contains(before)) {
            throw new IllegalArgumentException("the document has no '%s'".formatted(before));
        }
        return PolicyInput.parse(GOOD.replace(before, after).getBytes(UTF_8));
    }
}
