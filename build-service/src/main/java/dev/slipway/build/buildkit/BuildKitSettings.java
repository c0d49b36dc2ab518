package dev.slipway.build.buildkit;

import dev.slipway.build.AllowedFrontends;
import dev.slipway.build.tool.NamedFiles;
import dev.slipway.build.tool.WorkerFiles;
import dev.slipway.oci.RepositoryName;
import java.nio.file.Path;

/**
 * How BuildKit is used.
 *
 * @param program buildctl, by path or by a name on PATH
 * @param staging where the daemon pushes what it built
 * @param work for the files of builds
 * @param files secrets and keys
 * @param caches directories of local caches by the names that requests have for them
 */
public record BuildKitSettings(
        String program,
        DaemonAddress daemon,
        RepositoryName staging,
        Path work,
        WorkerFiles files,
        NamedFiles caches,
        AllowedFrontends frontends) {}
