package dev.slipway.local.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between Jetty's requests and ours. */
final class HandlerBridge extends org.eclipse.jetty.server.Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerBridge.class);

    /** What is read of a body that the handler left: who sends it reads the answer afterwards. */
    private static final long MOST_DRAINED = 64L * 1024 * 1024;

    private final Handler handler;

    HandlerBridge(Handler handler) {
        this.handler = handler;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        try (InputStream body = Content.Source.asInputStream(request)) {
            Answer answer = answer(request, body);
            drain(body);
            send(request, response, answer, callback);
        }
        return true;
    }

    private Answer answer(Request request, InputStream body) throws IOException {
        try {
            return handler.handle(translate(request, body));
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), e);
            return Answer.of(500);
        }
    }

    private static dev.slipway.local.http.Request translate(Request request, InputStream body) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.putIfAbsent(field.getName().toLowerCase(Locale.ROOT), String.valueOf(field.getValue()));
        }
        String query = request.getHttpURI().getQuery();
        return new dev.slipway.local.http.Request(
                request.getMethod(),
                request.getHttpURI().getPath(),
                query == null ? Map.of() : dev.slipway.local.http.Request.parseQuery(query),
                headers,
                body);
    }

    private static void drain(InputStream body) throws IOException {
        byte[] buffer = new byte[8192];
        long drained = 0;
        for (int count = body.read(buffer); count >= 0 && drained < MOST_DRAINED; count = body.read(buffer)) {
            drained += count;
        }
    }

    private static void send(Request request, Response response, Answer answer, Callback callback) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        long length = answer.body().length();
        if (answer.status() != 204) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        }
        if (length == 0 || request.getMethod().equals("HEAD")) {
            response.write(true, ByteBuffer.allocate(0), callback);
            return;
        }
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            answer.body().writeTo(out);
        }
        callback.succeeded();
    }
}
