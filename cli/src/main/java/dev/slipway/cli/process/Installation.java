package dev.slipway.cli.process;

import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;

/**
 * Where Slipway itself lies: what was built, and the JVM that runs it.
 *
 * @param root of the source tree
 * @param java the executable
 * @param aotDirectory caches of loaded classes, one per program; they belong to what was built, not to anybody's state
 */
public record Installation(Path root, Path java, Path aotDirectory) {

    /** Where this process was started from: {@code $SLIPWAY_ROOT}, or where the jar of the command line lies. */
    public static Installation ofProcess(Map<String, String> environment) {
        String told = environment.getOrDefault("SLIPWAY_ROOT", "");
        Path root = told.isEmpty() ? rootOf(codeSource()) : Path.of(told).toAbsolutePath();
        return new Installation(
                root, Path.of(System.getProperty("java.home"), "bin", "java"), root.resolve("target/aot"));
    }

    private static Path codeSource() {
        CodeSource source = Installation.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            throw unknownRoot("the JVM does not say");
        }
        return Path.of(URI.create(source.getLocation().toString()));
    }

    /** {@code cli/target/cli-*.jar} and {@code cli/target/classes} both lie three below. */
    private static Path rootOf(Path code) {
        Path target = code.getParent();
        Path module = target == null ? null : target.getParent();
        Path root = module == null ? null : module.getParent();
        if (root == null) {
            throw unknownRoot(code.toString());
        }
        return root;
    }

    private static CommandFailure unknownRoot(String code) {
        return new CommandFailure(
                ExitCode.INTERNAL,
                "cannot tell where Slipway lies from where its classes are (%s): set SLIPWAY_ROOT".formatted(code));
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

    public Installation withAotDirectory(Path directory) {
        return new Installation(root, java, directory);
    }

    public Path aotCache(String program) {
        return aotDirectory.resolve(program + ".aot");
    }

    private static CommandFailure notBuilt(Path jar) {
        return CommandFailure.unavailable(
                "%s is missing: Slipway is not built; start it by the launcher, ./slipway".formatted(jar));
    }
}
