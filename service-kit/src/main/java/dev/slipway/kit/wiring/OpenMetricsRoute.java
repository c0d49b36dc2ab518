package dev.slipway.kit.wiring;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Gives OpenMetrics to whoever takes it, for only there are exemplars. The route of Quarkus, which is behind this one, does so only
 * where the type is asked for word for word, which Prometheus does not do.
 */
@Singleton
@SuppressWarnings("deprecation") // the registry is the one that Quarkus has
final class OpenMetricsRoute {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final int BEFORE_OTHERS = -10_000;

    void add(@Observes Router router, PrometheusMeterRegistry registry) {
        router.get("/q/metrics").order(BEFORE_OTHERS).handler(call -> {
            String accepted = call.request().getHeader(HttpHeaders.ACCEPT);
            if (accepted == null || !accepted.contains(OPEN_METRICS)) {
                call.next();
                return;
            }
            call.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, TextFormat.CONTENT_TYPE_OPENMETRICS_100)
                    .end(registry.scrape(TextFormat.CONTENT_TYPE_OPENMETRICS_100));
        });
    }
}
