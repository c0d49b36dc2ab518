package dev.slipway.local.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A registry that wants tokens, and its token server ("Token Authentication" of CNCF Distribution) under {@code /token}. The
 * registry behind does not see them. To be put in for each request, before other faults.
 */
public final class TokenGate implements Fault {
    private final Duration life;
    private final AtomicInteger issued = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Set<String> valid = ConcurrentHashMap.newKeySet();

    /**
     * Gives tokens out to anybody.
     *
     * @param life that it says they have; it does not keep time: they end with {@link #expire}
     */
    public TokenGate(Duration life) {
        this.life = life;
    }

    /** All tokens that were given out are worth nothing from now on. */
    public void expire() {
        valid.clear();
    }

    /** How many tokens were given out. */
    public int issued() {
        return issued.get();
    }

    /** How many requests were refused for want of a token that counts. */
    public int refused() {
        return refused.get();
    }

    /** A fault in which the tokens expire while the request is under way: it is accepted still. */
    public Fault expiry() {
        return exchange -> {
            expire();
            exchange.proceed();
        };
    }

    @Override
    public void happen(Exchange exchange) throws IOException {
        String host = exchange.header("Host").orElseThrow(() -> new IOException("a request without a host"));
        if (exchange.path().equals("/token")) {
            String token = "t" + issued.incrementAndGet();
            valid.add("Bearer " + token);
            exchange.answer(
                    200,
                    "{\"token\":\"%s\",\"expires_in\":%d}".formatted(token, life.toSeconds()),
                    "Content-Type",
                    "application/json");
        } else if (exchange.header("Authorization").filter(valid::contains).isPresent()) {
            exchange.hide("Authorization");
            exchange.proceed();
        } else {
            refused.incrementAndGet();
            exchange.answer(
                    401,
                    "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"on purpose\"}]}",
                    "Content-Type",
                    "application/json",
                    "WWW-Authenticate",
                    "Bearer realm=\"http://%s/token\",service=\"faulty\"".formatted(host));
        }
    }
}
