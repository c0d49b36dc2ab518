package dev.slipway.warmup.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How long a cluster wants to be left alone, as its last 429 says. The API's priority and fairness says it by a header alone, which
 * the client's exceptions do not have.
 */
final class RetryAfter implements Interceptor {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration UNSAID = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final AtomicReference<Duration> last = new AtomicReference<>(UNSAID);

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (response.code() == TOO_MANY_REQUESTS) {
            last.set(parse(response.header("Retry-After")));
        }
    }

    /** Of the answer that came last; one second where it did not say. */
    Duration last() {
        return last.get();
    }

    private static Duration parse(@Nullable String seconds) {
        if (seconds == null || !seconds.matches("[0-9]{1,6}")) {
            return UNSAID;
        }
        Duration said = Duration.ofSeconds(Long.parseLong(seconds));
        return said.compareTo(LONGEST) > 0 ? LONGEST : said;
    }
}
