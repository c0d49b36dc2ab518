package dev.slipway.cli.selfbuild;

import dev.slipway.cli.build.BuildOptions;
import dev.slipway.cli.demo.TrainCaches;
import dev.slipway.cli.process.Installation;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.ExitCode;
import dev.slipway.cli.stack.StackListener;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Platform;
import dev.slipway.oci.Reference;
import dev.slipway.oci.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Builds the images of Slipway's own services, one after the other, as any other image is built. */
public final class SelfBuild {

    /**
     * What is built.
     *
     * @param under where images go: a service's name is put after the path of each
     * @param base what the images start from; empty for one that is made from this machine's JDK
     * @param trained whether images on this machine's JDK get a cache of loaded classes
     */
    public record Wanted(
            List<Reference.Tagged> under,
            Optional<String> base,
            List<Platform> platforms,
            List<String> services,
            boolean trained,
            BuildOptions.Attestations attestations) {
        public Wanted {
            under = List.copyOf(under);
            platforms = List.copyOf(platforms);
            services = List.copyOf(services);
            if (base.isEmpty() && !platforms.equals(List.of(Platform.host()))) {
                throw new IllegalArgumentException(
                        "the JDK at hand makes a base for %s alone, and wanted is %s: name a base for all of them with --base"
                                .formatted(Platform.host(), platforms));
            }
            services.stream()
                    .filter(service -> !SERVICES.contains(service))
                    .findFirst()
                    .ifPresent(service -> {
                        throw new IllegalArgumentException(
                                "there is no service '%s'; expected one of %s".formatted(service, SERVICES));
                    });
        }
    }

    /** All there are. */
    public static final List<String> SERVICES = ServiceContexts.SERVICES;

    private static final String JAVA = "java";

    private final Installation installation;
    private final StackListener listener;
    private final Function<BuildOptions, Digest> build;
    private final Consumer<String> tell;

    /**
     * @param build one image, to its end; throws a {@link CommandFailure} where that is not its publication
     * @param tell hears what is begun
     */
    public SelfBuild(
            Installation installation,
            StackListener listener,
            Function<BuildOptions, Digest> build,
            Consumer<String> tell) {
        this.installation = installation;
        this.listener = listener;
        this.build = build;
        this.tell = tell;
    }

    /** Builds all that is wanted, and writes the file of images where one is named. */
    public void run(Wanted wanted, Optional<Path> imagesFile) {
        Path directory = null;
        try {
            directory = Files.createTempDirectory("slipway-self-build");
            Map<String, ImagesFile.Image> images = build(wanted, directory);
            imagesFile.ifPresent(file -> ImagesFile.write(file, images));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.UNAVAILABLE, "cannot lay out the contexts of images: " + e, e);
        } finally {
            if (directory != null) {
                remove(directory);
            }
        }
    }

    private Map<String, ImagesFile.Image> build(Wanted wanted, Path directory) throws IOException {
        ServiceContexts contexts = new ServiceContexts(installation, directory.resolve("services"));
        List<String> laidOut = wanted.base().isEmpty() && wanted.trained() ? SERVICES : wanted.services();
        for (String service : laidOut) {
            contexts.write(service, wanted.platforms());
        }
        String base;
        if (wanted.base().isPresent()) {
            base = wanted.base().get();
        } else {
            JavaBase java = new JavaBase(installation, directory.resolve(JAVA));
            tell.accept("Making a Java runtime from " + installation.java());
            java.write();
            if (wanted.trained()) {
                train(wanted, contexts, java);
            }
            tell.accept("Building the base of the images");
            base = published(wanted, JAVA, java.directory(), Map.of());
        }
        Map<String, ImagesFile.Image> images = new LinkedHashMap<>();
        for (String service : wanted.services()) {
            tell.accept("Building " + service);
            BuildOptions options =
                    options(wanted, service, contexts.context(service), Map.of("BASE", base, "SERVICE", service));
            images.put(service, new ImagesFile.Image(options.tags().getFirst().repository(), build.apply(options)));
        }
        return images;
    }

    private void train(Wanted wanted, ServiceContexts contexts, JavaBase java) throws IOException {
        tell.accept("Training the start of the services on it");
        Installation trained = contexts.on(java.java());
        new TrainCaches(trained, listener).train();
        for (String service : wanted.services()) {
            contexts.takeCache(trained, service);
        }
    }

    private String published(Wanted wanted, String name, Path context, Map<String, String> arguments)
            throws IOException {
        BuildOptions options = options(wanted, name, context, arguments);
        Digest digest = build.apply(options);
        return options.tags().getFirst().repository() + "@" + digest.value();
    }

    private BuildOptions options(Wanted wanted, String name, Path context, Map<String, String> arguments)
            throws IOException {
        Path dockerfile = context.resolve("Dockerfile");
        Files.copy(
                installation
                        .root()
                        .resolve("images")
                        .resolve(name.equals(JAVA) ? JAVA : "service")
                        .resolve("Dockerfile"),
                dockerfile,
                StandardCopyOption.REPLACE_EXISTING);
        return new BuildOptions(
                context,
                dockerfile,
                wanted.under().stream().map(under -> tag(under, name)).toList(),
                wanted.platforms(),
                arguments,
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                BuildOptions.Placement.ANYWHERE,
                new BuildOptions.Resources(List.of(), List.of(), List.of(), List.of()),
                wanted.attestations(),
                BuildOptions.Warmup.AS_CONFIGURED,
                Optional.empty(),
                BuildOptions.WaitFor.PUBLISHED);
    }

    static Reference.Tagged tag(Reference.Tagged under, String name) {
        RepositoryName repository = under.repository();
        return new Reference.Tagged(
                new RepositoryName(repository.registry(), repository.path() + "/" + name), under.tag());
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw CommandFailure.unavailable("cannot remove %s: %s".formatted(directory, e));
        }
    }
}
