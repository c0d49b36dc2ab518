package dev.slipway.warmup.registry;

import dev.slipway.oci.Reference;
import dev.slipway.oci.Reference.Digested;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import dev.slipway.warmup.run.ToolImages;
import dev.slipway.warmup.tool.ToolImage;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The tool image in the registry that a cluster pulls from, put there when it is first needed. */
public final class RegistryToolImages implements ToolImages {
    /** Below the registry of the image that is warmed, unless configured. */
    public static final String REPOSITORY = "slipway/warmup-tool";

    private static final String TAG = "1";

    private final RegistryClient client;
    private final Optional<Reference> configured;
    private final Supplier<ToolImage> image;
    private final Map<RepositoryName, Digested> known = new ConcurrentHashMap<>();

    /**
     * Makes the source.
     *
     * @param configured a reference by digest is used as it is; of any other the repository is where the image is put
     */
    public RegistryToolImages(RegistryClient client, Optional<Reference> configured, Supplier<ToolImage> image) {
        this.client = client;
        this.configured = configured;
        this.image = image;
    }

    @Override
    public Digested beside(RepositoryName repository) {
        if (configured.isPresent() && configured.get() instanceof Digested fixed) {
            return fixed;
        }
        RepositoryName home = configured
                .map(Reference::repository)
                .orElseGet(() -> Reference.parse(repository.registry() + "/" + REPOSITORY)
                        .repository());
        return known.computeIfAbsent(home, this::put);
    }

    private Digested put(RepositoryName home) {
        ToolImage tool = image.get();
        RegistryRepository repository = client.repository(home);
        if (repository.resolve(tool.digest().value()).isEmpty()) {
            tool.putInto(repository, TAG);
        }
        return new Digested(home, Optional.empty(), tool.digest());
    }
}
