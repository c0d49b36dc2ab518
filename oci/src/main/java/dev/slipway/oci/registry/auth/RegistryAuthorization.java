package dev.slipway.oci.registry.auth;

import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Authorization;
import dev.slipway.oci.registry.http.HttpSettings;
import dev.slipway.oci.registry.http.RequestObserver;
import dev.slipway.oci.registry.http.Requests;
import dev.slipway.oci.registry.http.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Authorises requests to one registry in the way that it asks for: Basic, or Bearer with tokens by scope. */
public final class RegistryAuthorization implements Authorization {
    private final HttpSettings settings;
    private final String registry;
    private final Credentials credentials;
    private final TokenHosts trusted;
    private final Map<Scope, Token> tokens = new ConcurrentHashMap<>();
    private final Map<Scope, ReentrantLock> fetching = new ConcurrentHashMap<>();
    private volatile @Nullable Scheme scheme;

    public RegistryAuthorization(HttpSettings settings, String registry, Credentials credentials, TokenHosts trusted) {
        this.settings = settings;
        this.registry = registry;
        this.credentials = credentials;
        this.trusted = trusted;
    }

    /** What the registry asked for. */
    private sealed interface Scheme {
        record Basic(String header) implements Scheme {}

        record Bearer(TokenServer server) implements Scheme {}

        /** A token that was given to us; nobody fetches another. */
        record Given(String header) implements Scheme {}
    }

    @Override
    public Optional<String> header(Scope scope) {
        return switch (scheme) {
            case null -> Optional.empty();
            case Scheme.Basic basic -> Optional.of(basic.header());
            case Scheme.Given given -> Optional.of(given.header());
            case Scheme.Bearer bearer ->
                Optional.of(token(bearer.server(), scope).header());
        };
    }

    @Override
    public boolean renew(Scope scope, Answer refusal, Optional<String> used) {
        List<Challenge> challenges = refusal.headers().allValues("WWW-Authenticate").stream()
                .flatMap(value -> Challenge.parse(value).stream())
                .toList();
        for (Challenge challenge : challenges) {
            if (challenge.scheme().equals("bearer")) {
                return renewBearer(challenge, refusal, used);
            }
        }
        for (Challenge challenge : challenges) {
            if (challenge.scheme().equals("basic")) {
                return renewBasic(used);
            }
        }
        return refusal.status() == 403 && scheme instanceof Scheme.Bearer && forget(used);
    }

    private boolean renewBearer(Challenge challenge, Answer refusal, Optional<String> used) {
        boolean insufficient = challenge
                .parameter("error")
                .filter("insufficient_scope"::equals)
                .isPresent();
        if (insufficient && refusal.status() == 403) {
            return false;
        }
        if (credentials.of(registry).orElse(null) instanceof Credential.BearerToken given) {
            String header = "Bearer " + given.token().reveal();
            scheme = new Scheme.Given(header);
            return !used.equals(Optional.of(header));
        }
        String realm = challenge
                .parameter("realm")
                .orElseThrow(() -> new StoreException(
                        Kind.UNAUTHORIZED, registry, registry + " asks for a token and names no realm", null));
        TokenServer server = TokenServer.of(registry, realm, challenge.parameter("service"));
        if (!(scheme instanceof Scheme.Bearer known) || !known.server().equals(server)) {
            tokens.clear();
        }
        scheme = new Scheme.Bearer(server);
        forget(used);
        return true;
    }

    private boolean renewBasic(Optional<String> used) {
        if (!(credentials.of(registry).orElse(null) instanceof Credential.Password password)) {
            return false;
        }
        String header = FetchToken.basic(password);
        scheme = new Scheme.Basic(header);
        return !used.equals(Optional.of(header));
    }

    private boolean forget(Optional<String> used) {
        return used.isPresent()
                && tokens.values().removeIf(token -> token.header().equals(used.get()));
    }

    private Token token(TokenServer server, Scope scope) {
        Optional<Token> cached = cached(scope);
        if (cached.isPresent()) {
            return cached.get();
        }
        ReentrantLock lock = fetching.computeIfAbsent(scope, s -> new ReentrantLock());
        lock.lock();
        try {
            return cached(scope).orElseGet(() -> fetch(server, scope));
        } finally {
            lock.unlock();
        }
    }

    private Optional<Token> cached(Scope scope) {
        Instant now = settings.clock().instant();
        Token exact = tokens.get(scope);
        if (exact != null && now.isBefore(exact.renewAt())) {
            return Optional.of(exact);
        }
        return tokens.entrySet().stream()
                .filter(entry -> entry.getKey().covers(scope)
                        && now.isBefore(entry.getValue().renewAt()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private Token fetch(TokenServer server, Scope scope) {
        Optional<Credential> credential = credentials.of(registry);
        if (credential.isPresent()) {
            trusted.check(registry, server);
        }
        Requests requests = new Requests(settings, server.name(), server.realm(), Authorization.NONE);
        FetchToken fetch = new FetchToken(
                server.realm(),
                server.service(),
                scope.values(),
                credential,
                settings.clock().instant());
        Token token = requests.send(fetch, RequestObserver.NONE);
        tokens.put(scope, token);
        return token;
    }
}
