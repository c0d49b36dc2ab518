package dev.slipway.oci.registry.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code GET /v2/<name>/tags/list}: one page of "Listing Tags". */
public final class ListTags implements Endpoint<ListTags.Page> {
    private static final int LIMIT = 16 * 1024 * 1024;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final String path;
    private final Optional<URI> page;

    /**
     * Asks for a page.
     *
     * @param page where the page before said that the next is; empty for the first
     */
    public ListTags(String path, Optional<URI> page) {
        this.path = path;
        this.page = page;
    }

    /** Some tags, and where there are more. */
    public record Page(List<String> tags, Optional<URI> next) {}

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public URI uri(URI base) {
        return page.orElseGet(() -> base.resolve("v2/%s/tags/list".formatted(path)));
    }

    @Override
    public Scope scope() {
        return Scope.pull(path);
    }

    @Override
    public boolean expects(int status) {
        return status == 404;
    }

    @Override
    public Page handle(Answer answer) throws IOException {
        if (answer.status() == 404) {
            return new Page(List.of(), Optional.empty());
        }
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : MAPPER.readTree(answer.bytes(LIMIT)).path("tags")) {
            tags.add(tag.asText());
        }
        return new Page(List.copyOf(tags), Links.next(answer));
    }
}
