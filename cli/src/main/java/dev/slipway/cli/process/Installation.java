package dev.slipway.cli.process;

import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where Slipway itself lies: what was built, and the JVM that runs it.
 *
 * @param root of the source tree
 * @param java the executable
 */
public record Installation(Path root, Path java) {

    /** What the launcher started this process from. */
    public static Installation ofProcess() {
        String root = System.getProperty("slipway.root");
        if (root == null) {
            throw new CommandFailure(
                    ExitCode.INTERNAL, "slipway.root is not set: start the command line by the launcher, ./slipway");
        }
        return new Installation(Path.of(root), Path.of(System.getProperty("java.home"), "bin", "java"));
    }

    /** The jar of a module of plain Java, whose manifest names its libraries. */
    public Path jar(String module) {
        Path target = root.resolve(module).resolve("target");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, module + "-*.jar")) {
            for (Path jar : jars) {
                return jar;
            }
        } catch (IOException e) {
            throw notBuilt(target.resolve(module + "-*.jar"));
        }
        throw notBuilt(target.resolve(module + "-*.jar"));
    }

    /** The jar of a Quarkus application. */
    public Path application(String module) {
        Path jar = root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw notBuilt(jar);
        }
        return jar;
    }

    /** Where caches of loaded classes lie, one per program; they belong to what was built, not to anybody's state. */
    public Path aotDirectory() {
        return root.resolve("target/aot");
    }

    public Path aotCache(String program) {
        return aotDirectory().resolve(program + ".aot");
    }

    private static CommandFailure notBuilt(Path jar) {
        return CommandFailure.unavailable(
                "%s is missing: Slipway is not built; start it by the launcher, ./slipway".formatted(jar));
    }
}
