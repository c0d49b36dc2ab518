package dev.slipway.oci.registry;

import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.registry.access.RegistriesFile;
import dev.slipway.oci.registry.access.RegistryAccess;
import dev.slipway.oci.registry.auth.Credentials;
import dev.slipway.oci.registry.auth.TokenHosts;
import dev.slipway.oci.registry.auth.UserCredentials;
import dev.slipway.oci.registry.http.RequestObserver;
import dev.slipway.oci.registry.http.RetryLimits;
import dev.slipway.oci.registry.http.RetryObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How to talk to registries.
 *
 * @param credentials by registry
 * @param tokenHosts that may see the credentials of a registry
 * @param connectTimeout of a new connection
 * @param stallTimeout how long neither an answer comes nor a byte moves before a request is given up
 * @param retries of requests that may succeed later
 * @param chunkSize in bytes: a larger blob is uploaded in chunks of that size, a smaller one in one piece
 * @param userAgent sent with each request
 * @param observers of each repository's requests
 * @param headers added to each request, asked on the thread that makes it: a trace context
 * @param retryObserver told of each request that is made again
 * @param access by registry: how it is reached
 */
public record RegistryOptions(
        Credentials credentials,
        TokenHosts tokenHosts,
        Duration connectTimeout,
        Duration stallTimeout,
        RetryLimits retries,
        long chunkSize,
        String userAgent,
        Function<RepositoryName, RequestObserver> observers,
        Supplier<Map<String, String>> headers,
        RetryObserver retryObserver,
        Function<String, RegistryAccess> access) {

    public static final RegistryOptions DEFAULT = new RegistryOptions(
            Credentials.ANONYMOUS,
            TokenHosts.OWN,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            RetryLimits.DEFAULT,
            32L * 1024 * 1024,
            "slipway",
            repository -> RequestObserver.NONE,
            Map::of,
            RetryObserver.NONE,
            registry -> RegistryAccess.PLAIN);

    public RegistryOptions {
        if (chunkSize < 1) {
            throw new IllegalArgumentException("chunk size must be positive, and is %d".formatted(chunkSize));
        }
    }

    /**
     * What a user and an environment say: credentials from Docker's and Kubernetes' places, and the file of registries.
     *
     * @throws IllegalArgumentException where that file cannot be understood
     */
    public static Builder ofUser(Map<String, String> environment, Path home) {
        return builder()
                .credentials(UserCredentials.of(environment, home))
                .access(RegistriesFile.ofUser(environment, home));
    }

    public static Builder builder() {
        return new Builder(DEFAULT);
    }

    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Changes some options of a set. */
    public static final class Builder {
        private Credentials credentials;
        private TokenHosts tokenHosts;
        private Duration connectTimeout;
        private Duration stallTimeout;
        private RetryLimits retries;
        private long chunkSize;
        private String userAgent;
        private Function<RepositoryName, RequestObserver> observers;
        private Supplier<Map<String, String>> headers;
        private RetryObserver retryObserver;
        private Function<String, RegistryAccess> access;

        private Builder(RegistryOptions options) {
            credentials = options.credentials;
            tokenHosts = options.tokenHosts;
            connectTimeout = options.connectTimeout;
            stallTimeout = options.stallTimeout;
            retries = options.retries;
            chunkSize = options.chunkSize;
            userAgent = options.userAgent;
            observers = options.observers;
            headers = options.headers;
            retryObserver = options.retryObserver;
            access = options.access;
        }

        public Builder credentials(Credentials value) {
            credentials = value;
            return this;
        }

        public Builder tokenHosts(TokenHosts value) {
            tokenHosts = value;
            return this;
        }

        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        public Builder stallTimeout(Duration value) {
            stallTimeout = value;
            return this;
        }

        public Builder retries(RetryLimits value) {
            retries = value;
            return this;
        }

        public Builder chunkSize(long value) {
            chunkSize = value;
            return this;
        }

        public Builder userAgent(String value) {
            userAgent = value;
            return this;
        }

        public Builder observers(Function<RepositoryName, RequestObserver> value) {
            observers = value;
            return this;
        }

        public Builder headers(Supplier<Map<String, String>> value) {
            headers = value;
            return this;
        }

        public Builder retryObserver(RetryObserver value) {
            retryObserver = value;
            return this;
        }

        public Builder access(Function<String, RegistryAccess> value) {
            access = value;
            return this;
        }

        public RegistryOptions build() {
            return new RegistryOptions(
                    credentials,
                    tokenHosts,
                    connectTimeout,
                    stallTimeout,
                    retries,
                    chunkSize,
                    userAgent,
                    observers,
                    headers,
                    retryObserver,
                    access);
        }
    }
}
