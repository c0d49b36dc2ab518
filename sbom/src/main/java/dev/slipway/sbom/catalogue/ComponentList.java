package dev.slipway.sbom.catalogue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Packages of one file, as many as are sensible: more are no file of a real image. */
public final class ComponentList {
    private static final long MOST_BYTES = 24L * 1024 * 1024;

    private final List<Component> components = new ArrayList<>();
    private long bytes;

    /**
     * Adds one, where there is one.
     *
     * @throws IOException where there are too many
     */
    public void add(Optional<Component> component) throws IOException {
        bytes += component.map(Component::weight).orElse(0L);
        if (bytes > MOST_BYTES) {
            throw new IOException("there are more packages in it than %d bytes can describe".formatted(MOST_BYTES));
        }
        component.ifPresent(components::add);
    }

    public List<Component> all() {
        return List.copyOf(components);
    }
}
