package dev.slipway.local.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.http.Answer;
import dev.slipway.local.http.Handler;
import dev.slipway.local.http.Request;
import dev.slipway.local.registry.store.RegistryStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Brings each request to its endpoint, and each refusal into the form of the specification. */
final class RegistryApi implements Handler {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlobEndpoint blobs;
    private final UploadEndpoint uploads;
    private final ManifestEndpoint manifests;
    private final TagsEndpoint tags;
    private final ReferrersEndpoint referrers;

    RegistryApi(RegistryStore store) {
        blobs = new BlobEndpoint(store);
        uploads = new UploadEndpoint(store);
        manifests = new ManifestEndpoint(store);
        tags = new TagsEndpoint(store);
        referrers = new ReferrersEndpoint(store);
    }

    @Override
    public Answer handle(Request request) throws IOException {
        try {
            return answer(request).with("Docker-Distribution-Api-Version", "registry/2.0");
        } catch (Refusal e) {
            return refused(e);
        }
    }

    private Answer answer(Request request) throws IOException {
        Route route = Route.of(request.path()).orElse(null);
        return switch (route) {
            case null -> Answer.of(404);
            case Route.Base base -> Answer.json(200, "{}");
            case Route.Blob blob -> blobs.answer(request, blob);
            case Route.Uploads begin -> uploads.answer(request, begin);
            case Route.OpenUpload open -> uploads.answer(request, open);
            case Route.ManifestOf manifest -> manifests.answer(request, manifest);
            case Route.Tags list -> tags.answer(request, list);
            case Route.Referrers list -> referrers.answer(request, list);
        };
    }

    private static Answer refused(Refusal refusal) throws IOException {
        byte[] body = JSON.writeValueAsBytes(Map.of(
                "errors",
                List.of(Map.of("code", refusal.code().name(), "message", refusal.message(), "detail", Map.of()))));
        Answer answer = Answer.json(refusal.status(), body);
        for (Map.Entry<String, String> header : refusal.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }
}
