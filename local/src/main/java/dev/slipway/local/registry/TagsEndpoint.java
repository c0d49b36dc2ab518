package dev.slipway.local.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.local.http.Answer;
import dev.slipway.local.http.Request;
import dev.slipway.local.registry.store.RegistryStore;
import dev.slipway.local.registry.store.Repository;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code /v2/NAME/tags/list} (distribution-spec 1.1, "Listing Tags"). */
record TagsEndpoint(RegistryStore store) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

    Answer answer(Request request, Route.Tags route) throws IOException {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw Parse.unsupported(request);
        }
        Repository repository = store.repository(route.repository());
        String path = route.repository().path();
        if (!repository.exists()) {
            throw new Refusal(Refusal.Code.NAME_UNKNOWN, "nothing was pushed to repository %s".formatted(path));
        }
        String last = request.parameter("last").orElse("");
        List<String> rest = repository.tags().stream()
                .filter(tag -> tag.compareTo(last) > 0)
                .toList();
        int limit = request.parameter("n").map(TagsEndpoint::count).orElse(rest.size());
        List<String> page = rest.subList(0, Math.min(limit, rest.size()));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", path);
        body.put("tags", page);
        Answer answer = Answer.json(200, JSON.writeValueAsBytes(body));
        return page.isEmpty() || page.size() == rest.size()
                ? answer
                : answer.with(
                        "Link", "</v2/%s/tags/list?n=%d&last=%s>; rel=\"next\"".formatted(path, limit, page.getLast()));
    }

    private static int count(String text) {
        if (!COUNT.matcher(text).matches()) {
            throw new Refusal(Refusal.Code.UNSUPPORTED, "n is a number of tags, not '%s'".formatted(text))
                    .withStatus(400);
        }
        return Integer.parseInt(text);
    }
}
