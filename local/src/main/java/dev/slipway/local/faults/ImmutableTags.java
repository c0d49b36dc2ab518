package dev.slipway.local.faults;

import java.io.IOException;
import java.util.regex.Pattern;

/** A registry whose tags do not move: a tag that is there already takes the digest that it has and no other. */
public final class ImmutableTags implements Fault {
    private static final Pattern DIGEST = Pattern.compile(".*/sha256:[0-9a-f]{64}");

    private final Dialect dialect;

    public ImmutableTags(Dialect dialect) {
        this.dialect = dialect;
    }

    /** How registries say it. What they answer was read in their sources and documents; this is a simulation of it. */
    public enum Dialect {
        /** Harbor: 412 {@code PRECONDITION}. */
        HARBOR(412, "PRECONDITION"),
        /** Amazon ECR: 400 {@code TAG_INVALID}, "image tag already exists and is immutable". */
        ECR(400, "TAG_INVALID"),
        /** Others: 409 {@code DENIED}. */
        CONFLICT(409, "DENIED");

        private final int status;
        private final String code;

        Dialect(int status, String code) {
            this.status = status;
            this.code = code;
        }
    }

    @Override
    public void happen(Exchange exchange) throws IOException {
        boolean tagged = exchange.path().contains("/manifests/")
                && !DIGEST.matcher(exchange.path()).matches();
        if (!exchange.method().equals("PUT") || !tagged) {
            exchange.proceed();
            return;
        }
        String there;
        try (RegistryAnswer answer = exchange.ask("HEAD", exchange.path())) {
            there = answer.head().header("Docker-Content-Digest").orElse("");
        }
        if (there.isEmpty() || there.equals(exchange.bodyDigest())) {
            exchange.proceed();
        } else {
            Faults.refuse(dialect.status, dialect.code).happen(exchange);
        }
    }
}
