package dev.slipway.build.stages;

import dev.slipway.build.dockerfile.Instruction;
import dev.slipway.build.dockerfile.Word;
import dev.slipway.build.dockerfile.shell.Variables;
import dev.slipway.oci.Platform;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of {@code ARG}, as Docker's "Understand how ARG and FROM interact" has them: those before the first stage are known
 * in {@code FROM} lines, and in a stage only where it declares them again.
 */
public final class Arguments implements Variables {
    private final Map<String, String> given;
    private final Map<String, String> global;

    private Arguments(Map<String, String> given, Map<String, String> global) {
        this.given = given;
        this.global = global;
    }

    static Arguments of(
            List<Instruction.Arg> globals, Platform target, @Nullable String targetStage, Map<String, String> given) {
        Arguments arguments =
                new Arguments(Map.copyOf(given), new HashMap<>(PlatformArguments.of(target, targetStage)));
        for (Instruction.Arg arg : globals) {
            for (Instruction.Declaration declaration : arg.declarations()) {
                arguments
                        .value(declaration, arguments)
                        .ifPresent(value -> arguments.global.put(declaration.name(), value));
            }
        }
        return arguments;
    }

    /** What a global name stands for, in {@code FROM} lines. */
    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(global.get(name));
    }

    /**
     * What a declaration stands for, before the first stage or in one: what the request gives, else its default, else what
     * the name stands for globally.
     *
     * @param scope in which the default is expanded
     */
    public Optional<String> value(Instruction.Declaration declaration, Variables scope) {
        String requested = given.get(declaration.name());
        if (requested != null) {
            return Optional.of(requested);
        }
        Word value = declaration.value();
        return value == null ? get(declaration.name()) : Optional.of(value.expand(scope));
    }

    /** Given arguments that none of these declares, in order. */
    static List<String> undeclared(Collection<Instruction.Arg> declared, Map<String, String> given) {
        Set<String> names = new HashSet<>(Set.of("SOURCE_DATE_EPOCH"));
        names.addAll(List.of("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"));
        names.addAll(List.of("http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy"));
        declared.forEach(arg -> arg.declarations().forEach(declaration -> names.add(declaration.name())));
        return given.keySet().stream()
                .filter(name -> !names.contains(name) && !name.startsWith("BUILDKIT_"))
                .sorted()
                .toList();
    }
}
