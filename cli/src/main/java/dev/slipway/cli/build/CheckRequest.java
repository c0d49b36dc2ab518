package dev.slipway.cli.build;

import dev.slipway.cli.report.CommandFailure;
import dev.slipway.events.RequestEvent;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what is wrong with a request before anything is packed or sent. */
public final class CheckRequest {
    private static final Pattern REGISTRY =
            Pattern.compile("[A-Za-z0-9.-]+(:[0-9]{1,5})?|\\[[0-9a-fA-F:]+\\](:[0-9]{1,5})?");
    private static final Pattern ANNOTATION_LEVEL =
            Pattern.compile("(index|manifest|index-descriptor|manifest-descriptor)(\\[[^]]*])?(,.*)?:.*");

    private final Path workingDirectory;
    private final Map<String, String> environment;

    public CheckRequest(Path workingDirectory, Map<String, String> environment) {
        this.workingDirectory = workingDirectory;
        this.environment = environment;
    }

    /** The context's directory. */
    public Path directory(String path) {
        Path directory = workingDirectory.resolve(path);
        if (!Files.isDirectory(directory)) {
            throw CommandFailure.usage(
                    "the context '%s' is not a directory: contexts from git or from archives go by event, not from here"
                            .formatted(path));
        }
        return directory;
    }

    /** The Dockerfile, looked for as Docker does: as told from where the command runs, else inside the context. */
    public Path dockerfile(Path directory, Optional<String> told) {
        List<Path> places = told.map(file -> List.of(workingDirectory.resolve(file), directory.resolve(file)))
                .orElseGet(() -> List.of(directory.resolve(RequestEvent.BuildRequested.DEFAULT_FILE)));
        return places.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("there is no Dockerfile at %s"
                        .formatted(places.getFirst().normalize())));
    }

    /**
     * The platforms asked for, each once: as separate values, separated by commas, or as the JSON array of a CI variable.
     *
     * @param told empty to take {@code PLATFORMS_JSON}, and this machine's platform where that is not set either
     */
    public List<Platform> platforms(List<String> told) {
        List<String> texts = told;
        String source = "--platform";
        if (told.isEmpty()) {
            texts = Optional.ofNullable(environment.get("PLATFORMS_JSON")).stream()
                    .toList();
            source = "PLATFORMS_JSON";
        }
        if (texts.isEmpty()) {
            return List.of(Platform.host());
        }
        return platforms(source, texts);
    }

    /**
     * Platforms, each once, at least one, in the same forms.
     *
     * @param source the option or variable that names them
     */
    public static List<Platform> platforms(String source, List<String> texts) {
        List<String> names = PlatformList.expand(texts);
        if (names.isEmpty()) {
            throw CommandFailure.usage("%s names no platform: '%s'".formatted(source, String.join("', '", texts)));
        }
        return names.stream().map(name -> platform(source, name)).distinct().toList();
    }

    private static Platform platform(String source, String name) {
        try {
            return Platform.parse(name);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(source + ": " + e.getMessage());
        }
    }

    /** The name of a secret; its value is the worker's, and nothing of it is on a command line. */
    public String secret(String text) {
        String name = text.startsWith("id=") ? text.substring("id=".length()) : text;
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw CommandFailure.usage(
                    "--secret: '%s' is no name of a secret; expected id=NAME of a file that the worker has"
                            .formatted(text));
        }
        return name;
    }

    /** Whether an SBOM is wanted; what is asked for beyond that is refused. */
    public boolean sbom(Optional<String> text) {
        return text.isPresent()
                && truth(
                        text.get(),
                        "--sbom: '%s' is not supported; expected true or false: SBOMs are SPDX 2.3, written by Slipway's own"
                                + " cataloguer");
    }

    /** Whether provenance is wanted, which is always all of it. */
    public boolean provenance(Optional<String> text) {
        return text.isPresent()
                && (text.get().equals("mode=max")
                        || truth(
                                text.get(),
                                "--provenance: '%s' is not supported; expected true, false or mode=max: provenance is always"
                                        + " complete"));
    }

    private static boolean truth(String text, String refusal) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw CommandFailure.usage(refusal.formatted(text));
        };
    }

    public List<Reference.Tagged> tags(List<String> texts) {
        if (texts.isEmpty()) {
            throw CommandFailure.usage("no tag is given: say where the image goes, with -t REGISTRY/NAME:TAG");
        }
        Map<String, Reference.Tagged> tags = new LinkedHashMap<>();
        for (String text : texts) {
            Reference.Tagged tag = tag(text);
            tags.put(tag.toString(), tag);
        }
        return List.copyOf(tags.values());
    }

    private static Reference.Tagged tag(String text) {
        try {
            Reference.Tagged tag = Reference.parseTagged(text);
            if (!REGISTRY.matcher(tag.repository().registry()).matches()) {
                throw new IllegalArgumentException("not an image reference: '%s': '%s' is no registry"
                        .formatted(text, tag.repository().registry()));
            }
            return tag;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--tag: " + e.getMessage());
        }
    }

    /** {@code K=V}, or {@code K} for the environment's value; without one there, the argument is not given, as in Docker. */
    public Map<String, String> buildArgs(List<String> texts) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 0 && !text.isEmpty()) {
                Optional.ofNullable(environment.get(text)).ifPresent(value -> entries.put(text, value));
            } else {
                put("--build-arg", entries, text);
            }
        }
        return entries;
    }

    public Map<String, String> labels(List<String> texts) {
        Map<String, String> entries = new LinkedHashMap<>();
        texts.forEach(text -> put("--label", entries, text));
        return entries;
    }

    public Map<String, String> annotations(List<String> texts) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String text : texts) {
            if (ANNOTATION_LEVEL.matcher(text).matches()) {
                throw CommandFailure.usage(
                        "--annotation: '%s' names a level, and Slipway takes none: it annotates the index and every image"
                                .formatted(text));
            }
            put("--annotation", entries, text);
        }
        return entries;
    }

    /** Labels that nodes must have. */
    public Map<String, String> nodeSelector(List<String> texts) {
        return labels("--warm-selector", texts);
    }

    /** Labels that workers must have. */
    public Map<String, String> workerLabels(List<String> texts) {
        Map<String, String> entries = new LinkedHashMap<>();
        texts.forEach(text -> put("--worker-label", entries, text));
        return entries;
    }

    /** 0 where nothing is told. */
    public int priority(Optional<String> text) {
        String told = text.orElse("0");
        if (!told.matches("-?[0-9]{1,3}") || Math.abs(Integer.parseInt(told)) > 100) {
            throw CommandFailure.usage(
                    "--priority: wanted is a number from -100 to 100, and it is '%s'".formatted(told));
        }
        return Integer.parseInt(told);
    }

    /** {@code BUILD_MODE} of the environment, as CI systems set it. */
    public Optional<String> mode() {
        String mode = environment.getOrDefault("BUILD_MODE", "");
        return switch (mode) {
            case "" -> Optional.empty();
            case "release", "snapshot" -> Optional.of(mode);
            default ->
                throw CommandFailure.usage("BUILD_MODE: wanted is release or snapshot, and it is '%s'".formatted(mode));
        };
    }

    /** Labels, as {@code K=V}. */
    public static Map<String, String> labels(String option, List<String> texts) {
        Map<String, String> entries = new LinkedHashMap<>();
        texts.forEach(text -> put(option, entries, text));
        return entries;
    }

    private static void put(String option, Map<String, String> entries, String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw CommandFailure.usage("%s: wanted is KEY=VALUE, and it is '%s'".formatted(option, text));
        }
        entries.put(text.substring(0, equals), text.substring(equals + 1));
    }

    /** Lists as command lines and CI systems write them. */
    private static final class PlatformList {
        static List<String> expand(List<String> texts) {
            List<String> names = new ArrayList<>();
            for (String text : texts) {
                String bare = text.strip();
                if (bare.startsWith("[") && bare.endsWith("]")) {
                    bare = bare.substring(1, bare.length() - 1).replace("\"", "");
                }
                for (String name : bare.split(",", -1)) {
                    if (!name.isBlank()) {
                        names.add(name.strip());
                    }
                }
            }
            return names;
        }
    }
}
