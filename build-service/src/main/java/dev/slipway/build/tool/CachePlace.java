package dev.slipway.build.tool;

import dev.slipway.build.BuildException;
import dev.slipway.build.BuildException.Reason;
import dev.slipway.oci.Reference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Where results of builds are kept, in the words of {@code docker buildx build --cache-from}. */
public sealed interface CachePlace {

    /**
     * On a registry.
     *
     * @param max whether results of all stages go there, and not those of the image alone
     */
    record Registry(Reference reference, boolean max) implements CachePlace {}

    /**
     * On the worker.
     *
     * @param name of a directory there
     */
    record Local(String name, boolean max) implements CachePlace {}

    /**
     * Parses {@code type=registry,ref=…[,mode=max]}, {@code type=local,src=NAME} or {@code type=local,dest=NAME}, or a
     * reference alone.
     *
     * @throws BuildException quoting the text and saying what is wrong with it
     */
    static CachePlace parse(String text) {
        if (!text.contains("=")) {
            return new Registry(reference(text, text), false);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : text.split(",", -1)) {
            String[] pair = field.split("=", 2);
            if (pair.length != 2 || fields.put(pair[0].strip(), pair[1].strip()) != null) {
                throw invalid(text, "'%s' is not one name=value".formatted(field));
            }
        }
        String type = fields.getOrDefault("type", "");
        Set<String> known = switch (type) {
            case "registry" -> Set.of("type", "ref", "mode");
            case "local" -> Set.of("type", "src", "dest", "mode");
            default -> throw invalid(text, "the type is '%s'; expected registry or local".formatted(type));
        };
        fields.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw invalid(text, "a cache of type %s has no '%s' here".formatted(type, name));
                });
        String mode = fields.getOrDefault("mode", "min");
        if (!mode.equals("min") && !mode.equals("max")) {
            throw invalid(text, "the mode is '%s'; expected min or max".formatted(mode));
        }
        if (type.equals("registry")) {
            return new Registry(reference(text, fields.getOrDefault("ref", "")), mode.equals("max"));
        }
        return new Local(fields.getOrDefault("src", fields.getOrDefault("dest", "")), mode.equals("max"));
    }

    private static Reference reference(String text, String reference) {
        try {
            return Reference.parse(reference);
        } catch (IllegalArgumentException e) {
            throw invalid(text, String.valueOf(e.getMessage()));
        }
    }

    private static BuildException invalid(String text, String why) {
        return BuildException.permanent(
                Reason.REQUEST_INVALID, "the cache '%s' cannot be used: %s".formatted(text, why));
    }
}
