package dev.slipway.warmup.run;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the warm-up's client sent, and what it was answered, in turn. */
final class Requests implements Interceptor {

    /**
     * One way.
     *
     * @param code of an answer; 0 for a request
     */
    record Step(String method, String path, int code, long nanos) {}

    private final List<Step> steps = new CopyOnWriteArrayList<>();

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        steps.add(new Step(request.method(), request.uri().getPath(), 0, System.nanoTime()));
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        steps.add(new Step(request.method(), request.uri().getPath(), response.code(), System.nanoTime()));
    }

    /** Those of a method, sent and answered. */
    List<Step> of(String method) {
        return steps.stream().filter(step -> step.method().equals(method)).toList();
    }
}
