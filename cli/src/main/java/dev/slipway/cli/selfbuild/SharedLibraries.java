package dev.slipway.cli.selfbuild;

import dev.slipway.cli.report.CommandFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which files of the C library, and of others, programs and libraries are linked with, as {@code ldd} lists them. */
final class SharedLibraries {
    /** {@code libc.so.6 => /lib/libc.so.6 (0x…)}, and the loader alone: {@code /lib64/ld-linux-x86-64.so.2 (0x…)}. */
    private static final Pattern LINE = Pattern.compile("\\s*(?:(\\S+) => )?(/\\S+|not found)(?: \\(0x[0-9a-f]+\\))?");

    private SharedLibraries() {}

    /** Absolute paths, of those outside of a directory. */
    static Set<Path> of(List<Path> objects, Path inside) {
        List<String> command = new ArrayList<>(List.of("ldd"));
        objects.forEach(object -> command.add(object.toString()));
        Set<String> own = objects.stream()
                .map(object -> String.valueOf(object.getFileName()))
                .collect(Collectors.toSet());
        return parse(RunProgram.output(command), inside, own);
    }

    /**
     * Reads a listing.
     *
     * @param own names of libraries that the program finds for itself: {@code libjvm.so}
     */
    static Set<Path> parse(String listing, Path inside, Set<String> own) {
        Set<Path> libraries = new TreeSet<>();
        for (String line : listing.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches() || (matcher.group(1) != null && own.contains(matcher.group(1)))) {
                continue; // the name of an object, what the kernel brings, what the program brings
            }
            if (matcher.group(2).equals("not found")) {
                throw CommandFailure.unavailable(
                        "the Java runtime needs %s, and this machine does not have it".formatted(matcher.group(1)));
            }
            Path library = Path.of(matcher.group(2)).normalize();
            if (!library.startsWith(inside)) {
                libraries.add(library);
            }
        }
        return libraries;
    }
}
