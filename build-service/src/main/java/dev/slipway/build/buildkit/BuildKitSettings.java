package dev.slipway.build.buildkit;

import dev.slipway.build.AllowedFrontends;
import dev.slipway.build.tool.NamedFiles;
import dev.slipway.oci.RepositoryName;
import java.nio.file.Path;

/**
 * How BuildKit is used.
 *
 * @param program buildctl, by path or by a name on PATH
 * @param staging where the daemon pushes what it built
 * @param work for the files of builds
 * @param secrets by the names that requests have for them
 * @param ssh keys and agents likewise
 * @param caches directories of local caches likewise
 */
public record BuildKitSettings(
        String program,
        DaemonAddress daemon,
        RepositoryName staging,
        Path work,
        NamedFiles secrets,
        NamedFiles ssh,
        NamedFiles caches,
        AllowedFrontends frontends) {}
