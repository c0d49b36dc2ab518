package dev.slipway.oci.registry.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.oci.registry.http.Answer;
import dev.slipway.oci.registry.http.Endpoint;
import dev.slipway.oci.registry.http.Scope;
import dev.slipway.oci.registry.wire.RequestBody;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Distribution's "Token Authentication": GET with Basic or nothing; with an identity token the OAuth2 form of it. */
final class FetchToken implements Endpoint<Token> {
    private static final int LIMIT = 1024 * 1024;
    private static final Duration LIFE_WHERE_NOT_SAID = Duration.ofSeconds(60);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final URI realm;
    private final Optional<String> service;
    private final List<String> scopes;
    private final Optional<Credential> credential;
    private final Instant now;

    FetchToken(URI realm, Optional<String> service, List<String> scopes, Optional<Credential> credential, Instant now) {
        this.realm = realm;
        this.service = service;
        this.scopes = scopes;
        this.credential = credential;
        this.now = now;
    }

    @Override
    public String method() {
        return body().isPresent() ? "POST" : "GET";
    }

    @Override
    public URI uri(URI base) {
        if (body().isPresent()) {
            return realm;
        }
        StringBuilder query = new StringBuilder();
        service.ifPresent(name -> append(query, "service", name));
        scopes.forEach(scope -> append(query, "scope", scope));
        if (query.isEmpty()) {
            return realm;
        }
        return URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + query);
    }

    @Override
    public Scope scope() {
        return Scope.NONE;
    }

    @Override
    public Map<String, String> headers() {
        return credential.orElse(null) instanceof Credential.Password password
                ? Map.of("Authorization", basic(password))
                : Map.of();
    }

    @Override
    public Optional<RequestBody> body() {
        if (!(credential.orElse(null) instanceof Credential.IdentityToken identity)) {
            return Optional.empty();
        }
        StringBuilder form = new StringBuilder();
        append(form, "grant_type", "refresh_token");
        append(form, "client_id", "slipway");
        service.ifPresent(name -> append(form, "service", name));
        append(form, "scope", String.join(" ", scopes));
        append(form, "refresh_token", identity.token().reveal());
        return Optional.of(RequestBody.of(
                "application/x-www-form-urlencoded", form.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Token handle(Answer answer) throws IOException {
        JsonNode json = MAPPER.readTree(answer.bytes(LIMIT));
        String value = json.path("token").asText(json.path("access_token").asText(""));
        if (value.isEmpty()) {
            throw new IOException("the answer has neither token nor access_token");
        }
        long seconds = json.path("expires_in").asLong(0);
        Duration life = seconds > 0 ? Duration.ofSeconds(seconds) : LIFE_WHERE_NOT_SAID;
        return new Token(new Secret(value), now.plus(life.multipliedBy(9).dividedBy(10)));
    }

    static String basic(Credential.Password password) {
        byte[] pair = (password.user() + ":" + password.password().reveal()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static void append(StringBuilder to, String name, String value) {
        to.append(to.isEmpty() ? "" : "&").append(name).append('=');
        to.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
