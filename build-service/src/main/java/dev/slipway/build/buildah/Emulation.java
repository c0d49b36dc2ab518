package dev.slipway.build.buildah;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.oci.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which foreign programs the kernel runs, by QEMU's user emulation (Linux, {@code binfmt_misc}). */
public final class Emulation {
    private static final Path KERNELS = Path.of("/proc/sys/fs/binfmt_misc");
    private static final String INSTALL = "install the packages qemu-user-static and binfmt-support";

    /** The names under which QEMU's packages register themselves. */
    private static final Map<String, String> INTERPRETERS = interpreters();

    private final Path directory;
    private final Platform host;

    /** Reads what is registered below a directory of that form. */
    Emulation(Path directory, Platform host) {
        this.directory = directory;
        this.host = host;
    }

    public static Emulation ofKernel() {
        return new Emulation(KERNELS, Platform.host());
    }

    private static Map<String, String> interpreters() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("linux/amd64", "qemu-x86_64");
        names.put("linux/arm64", "qemu-aarch64");
        names.put("linux/arm/v7", "qemu-arm");
        names.put("linux/riscv64", "qemu-riscv64");
        names.put("linux/s390x", "qemu-s390x");
        names.put("linux/ppc64le", "qemu-ppc64le");
        names.put("linux/386", "qemu-i386");
        names.put("linux/loong64", "qemu-loongarch64");
        names.put("linux/mips64le", "qemu-mips64el");
        return names;
    }

    /** Those that can be emulated now. */
    public List<Platform> platforms() {
        return INTERPRETERS.keySet().stream()
                .map(Platform::parse)
                .filter(platform -> !isNative(platform) && missing(platform).isEmpty())
                .toList();
    }

    /** Why programs of a platform do not run here, and what to do about it; empty where they run. */
    public Optional<String> missing(Platform platform) {
        if (isNative(platform)) {
            return Optional.empty();
        }
        Optional<String> interpreter = INTERPRETERS.entrySet().stream()
                .filter(known -> isSameMachine(Platform.parse(known.getKey()), platform))
                .map(Map.Entry::getValue)
                .findFirst();
        if (interpreter.isEmpty()) {
            return Optional.of("no emulation of %s is known".formatted(platform));
        }
        Path entry = directory.resolve(interpreter.get());
        if (!Files.isDirectory(directory) || !Files.exists(directory.resolve("status"))) {
            return Optional.of("binfmt_misc is not mounted at %s: mount it, and %s".formatted(directory, INSTALL));
        }
        if (!Files.exists(entry)) {
            return Optional.of(
                    "the kernel has no interpreter '%s' for %s: %s".formatted(interpreter.get(), platform, INSTALL));
        }
        try {
            String text = Files.readString(entry, UTF_8);
            if (!text.startsWith("enabled")) {
                return Optional.of("the interpreter %s is disabled: write 1 into it".formatted(entry));
            }
            boolean fixed = text.lines().anyMatch(line -> line.startsWith("flags:") && line.contains("F"));
            return fixed
                    ? Optional.empty()
                    : Optional.of(
                            "the interpreter %s lacks the flag F, without which it is not found inside an image: %s"
                                    .formatted(entry, INSTALL));
        } catch (IOException e) {
            return Optional.of("the interpreter %s cannot be read: %s".formatted(entry, e.getMessage()));
        }
    }

    /** An interpreter runs older variants too, but unlike a machine, no other architecture. */
    private static boolean isSameMachine(Platform emulated, Platform platform) {
        return emulated.architecture().equals(platform.architecture())
                && emulated.distanceTo(platform).isPresent();
    }

    private boolean isNative(Platform platform) {
        return host.distanceTo(platform).isPresent();
    }
}
