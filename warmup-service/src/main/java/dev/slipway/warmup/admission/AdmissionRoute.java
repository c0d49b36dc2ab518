package dev.slipway.warmup.admission;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** {@code POST /admission}, over TLS where the configuration names a certificate. It answers on the thread that reads: nothing waits. */
@ApplicationScoped
class AdmissionRoute {
    private static final int LARGEST = 4 * 1024 * 1024;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;

    private final AdmitPod admitPod;

    AdmissionRoute(AdmitPod admitPod) {
        this.admitPod = admitPod;
    }

    void register(@Observes Router router) {
        router.post("/admission").handler(this::read);
    }

    private void read(RoutingContext routing) {
        Buffer body = Buffer.buffer();
        routing.request()
                .handler(part -> {
                    if (body.length() <= LARGEST) {
                        body.appendBuffer(part);
                    }
                })
                .endHandler(end -> answer(routing, body))
                .exceptionHandler(routing::fail)
                .resume();
    }

    private void answer(RoutingContext routing, Buffer body) {
        if (body.length() > LARGEST) {
            routing.response().setStatusCode(TOO_LARGE).end();
            return;
        }
        Optional<byte[]> answer = admitPod.admit(body.getBytes());
        if (answer.isEmpty()) {
            routing.response().setStatusCode(BAD_REQUEST).end();
        } else {
            routing.response().putHeader("Content-Type", "application/json").end(Buffer.buffer(answer.get()));
        }
    }
}
