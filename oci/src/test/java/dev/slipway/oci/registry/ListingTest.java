package dev.slipway.oci.registry;

import static dev.slipway.oci.registry.ScriptedRegistry.body;
import static dev.slipway.oci.registry.ScriptedRegistry.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.image.ImageIndex;
import dev.slipway.oci.registry.http.RequestObserver;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static final Digest SUBJECT = Digest.of(new byte[] {0});
    private static final String REFERRERS = "/v2/app/referrers/" + SUBJECT;
    private static final String FALLBACK = "/v2/app/manifests/sha256-" + SUBJECT.hex();

    private ScriptedRegistry registry;
    private RegistryClient client;
    private RegistryRepository repository;

    @BeforeEach
    void start() throws IOException {
        registry = new ScriptedRegistry();
        client = new RegistryClient();
        repository = client.repository(new RepositoryName(registry.name(), "app"));
    }

    @AfterEach
    void stop() {
        client.close();
        registry.close();
    }

    @Test
    void readsEveryPageOfTags() {
        registry.on(
                "GET",
                "/v2/app/tags/list",
                body(
                        200,
                        "{\"name\":\"app\",\"tags\":[\"a\",\"b\"]}",
                        "Link",
                        "</v2/app/tags/list?n=2&last=b>; rel=\"next\""),
                body(200, "{\"name\":\"app\",\"tags\":[\"c\"]}"));

        assertThat(repository.tags()).containsExactly("a", "b", "c");

        assertThat(registry.requests().getLast()).isEqualTo("GET /v2/app/tags/list?n=2&last=b");
    }

    @Test
    void hasNoTagsWhereTheRepositoryIsUnknownOrEmpty() {
        assertThat(repository.tags()).isEmpty();

        registry.on("GET", "/v2/app/tags/list", body(200, "{\"name\":\"app\",\"tags\":null}"));
        assertThat(repository.tags()).isEmpty();
    }

    @Test
    void followsNoPageToAnotherHost() {
        registry.on(
                "GET",
                "/v2/app/tags/list",
                body(200, "{\"tags\":[\"a\"]}", "Link", "<http://localhost:1/v2/app/tags/list>; rel=\"next\""));

        assertThatThrownBy(() -> repository.tags())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another host");
    }

    @Test
    void readsEveryPageOfReferrersAndFiltersThemItself() {
        Descriptor sbom = referrer(1, "application/spdx+json");
        Descriptor signature = referrer(2, "application/vnd.example");
        registry.on(
                "GET",
                REFERRERS,
                index(List.of(signature), "Link", "<" + REFERRERS + "?page=2>; rel=\"next\""),
                index(List.of(sbom)));

        assertThat(repository.referrers(SUBJECT, Optional.of("application/spdx+json")))
                .containsExactly(sbom);
    }

    @Test
    void readsTheFallbackTagWhereTheRegistryHasNoReferrersApi() {
        Descriptor sbom = referrer(1, "application/spdx+json");
        registry.on("GET", FALLBACK, index(List.of(sbom)));

        assertThat(repository.referrers(SUBJECT, Optional.empty())).containsExactly(sbom);
    }

    @Test
    void believesAReferrersApiThatKnowsOfNone() {
        registry.on("GET", REFERRERS, index(List.of()));
        registry.on("GET", FALLBACK, index(List.of(referrer(1, "application/spdx+json"))));

        assertThat(repository.referrers(SUBJECT, Optional.empty())).isEmpty();
    }

    @Test
    void takesAPageOfHtmlForNoReferrersApi() {
        registry.on("GET", REFERRERS, body(200, "<html>", "Content-Type", "text/html"));
        registry.on("GET", FALLBACK, index(List.of(referrer(1, "application/spdx+json"))));

        assertThat(repository.referrers(SUBJECT, Optional.empty())).hasSize(1);
    }

    @Test
    void saysThatADeletionIsNotSupported() {
        registry.on("DELETE", "/v2/app/manifests/v1", status(400));
        registry.on("DELETE", "/v2/app/manifests/" + SUBJECT, status(405));

        assertThat(repository.deleteTag("v1")).isFalse();
        assertThat(repository.deleteManifest(SUBJECT)).isFalse();
    }

    @Test
    void countsAndAnnotatesItsRequests() {
        registry.on("HEAD", "/v2/app/blobs/" + SUBJECT, exchange -> {
            boolean traced = "00-abc".equals(exchange.getRequestHeaders().getFirst("traceparent"));
            boolean named = exchange.getRequestHeaders().getFirst("User-Agent").startsWith("slipway");
            status(traced && named ? 200 : 404).answer(exchange);
        });
        registry.on("PUT", "/v2/app/manifests/v1", status(201));
        Counting counting = new Counting();
        RegistryOptions options = RegistryOptions.builder()
                .headers(() -> Map.of("traceparent", "00-abc"))
                .observers(name -> counting)
                .build();
        try (RegistryClient observed = new RegistryClient(options)) {
            RegistryRepository app = observed.repository(new RepositoryName(registry.name(), "app"));

            assertThat(app.hasBlob(SUBJECT)).isTrue();
            app.tag(Manifest.of(MediaTypes.IMAGE_MANIFEST, new byte[20]), "v1");
        }

        assertThat(counting.requests).isEqualTo(2);
        assertThat(counting.sent).isEqualTo(20);
    }

    private static final class Counting implements RequestObserver {
        private int requests;
        private long sent;

        @Override
        public void answered(String method, int status) {
            requests++;
        }

        @Override
        public void sent(long bytes) {
            sent += bytes;
        }
    }

    private static Descriptor referrer(int number, String artifactType) {
        return new Descriptor(
                MediaTypes.IMAGE_MANIFEST, Digest.of(new byte[] {(byte) number}), 1, null, artifactType, Map.of());
    }

    private static ScriptedRegistry.Step index(List<Descriptor> entries, String... link) {
        byte[] bytes = ImageIndex.of(entries).manifest().bytes();
        String[] headers = Arrays.copyOf(link, link.length + 2);
        headers[link.length] = "Content-Type";
        headers[link.length + 1] = MediaTypes.IMAGE_INDEX;
        return body(200, bytes, headers);
    }
}
