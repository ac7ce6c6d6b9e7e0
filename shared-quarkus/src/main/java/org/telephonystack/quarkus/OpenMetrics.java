package org.telephonystack.quarkus;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;

import jakarta.enterprise.event.Observes;

/// Lets Prometheus have what it asks for first. It names several formats, and Quarkus 3.30 knows OpenMetrics only by its
/// full name alone: exemplars, which the older format cannot carry, would never arrive.
final class OpenMetrics {

    private static final String WANTED = "application/openmetrics-text";
    private static final String FULL_NAME = WANTED + "; version=1.0.0; charset=utf-8";

    void preferIt(@Observes ManagementInterface management) {
        management
                .router()
                .get("/q/metrics")
                .order(Integer.MIN_VALUE)
                .handler(scrape -> {
                    String accepted = scrape.request().getHeader(HttpHeaders.ACCEPT);
                    if (accepted != null && accepted.contains(WANTED)) {
                        scrape.request().headers().set(HttpHeaders.ACCEPT, FULL_NAME);
                    }
                    scrape.next();
                });
    }
}
