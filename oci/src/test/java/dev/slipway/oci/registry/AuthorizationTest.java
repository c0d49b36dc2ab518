package dev.slipway.oci.registry;

import static dev.slipway.oci.registry.ScriptedRegistry.body;
import static dev.slipway.oci.registry.ScriptedRegistry.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.RepositoryName;
import dev.slipway.oci.StoreException;
import dev.slipway.oci.StoreException.Kind;
import dev.slipway.oci.registry.auth.Credential;
import dev.slipway.oci.registry.auth.Credentials;
import dev.slipway.oci.registry.auth.Secret;
import dev.slipway.oci.registry.http.RetryObserver.Retry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {
    private static final byte[] CONTENT = {1};
    private static final Digest BLOB = Digest.of(CONTENT);
    private static final String PATH = "/v2/app/blobs/" + BLOB;
    private static final Manifest MANIFEST =
            Manifest.of(MediaTypes.IMAGE_MANIFEST, "{}".getBytes(StandardCharsets.UTF_8));

    private final TestTime time = new TestTime();
    private ScriptedRegistry registry;
    private final List<Retry> retries = new CopyOnWriteArrayList<>();
    private RegistryClient client;

    @BeforeEach
    void start() throws IOException {
        registry = new ScriptedRegistry();
        client = new RegistryClient();
    }

    @AfterEach
    void stop() {
        client.close();
        registry.close();
    }

    @Test
    void fetchesATokenForWhatItIsAboutToDo() {
        registry.on("HEAD", PATH, unauthorized(), status(200));
        registry.on("GET", "/token", token("t1", 300));

        assertThat(anonymous().hasBlob(BLOB)).isTrue();

        assertThat(registry.requests())
                .containsExactly(
                        "HEAD " + PATH, "GET /token?service=reg&scope=repository%3Aapp%3Apull", "HEAD " + PATH);
        assertThat(lastAuthorization()).contains("Bearer t1");
        assertThat(retries).isEmpty(); // that a registry asks for a token is no failure
    }

    @Test
    void usesATokenAgainForWhatItAllows() {
        registry.on("PUT", "/v2/app/manifests/v1", unauthorized(), status(201));
        registry.on("HEAD", PATH, status(200));
        registry.on("GET", "/token", token("push", 300), token("another", 300));
        RegistryRepository repository = anonymous();

        repository.tag(MANIFEST, "v1");
        repository.hasBlob(BLOB);
        repository.tag(MANIFEST, "v1");

        assertThat(tokenRequests()).isEqualTo(1);
        assertThat(lastAuthorization()).contains("Bearer push");
    }

    @Test
    void fetchesAnotherTokenForMore() {
        registry.on("HEAD", PATH, unauthorized(), status(200));
        registry.on("PUT", "/v2/app/manifests/v1", status(201));
        registry.on("GET", "/token", token("pull", 300), token("push", 300));
        RegistryRepository repository = anonymous();

        repository.hasBlob(BLOB);
        repository.tag(MANIFEST, "v1");

        assertThat(registry.requests()).contains("GET /token?service=reg&scope=repository%3Aapp%3Apull%2Cpush");
        assertThat(lastAuthorization()).contains("Bearer push");
    }

    @Test
    void asksForBothRepositoriesOfAMount() {
        registry.on("POST", "/v2/app/blobs/uploads/", unauthorized(), status(201));
        registry.on("GET", "/token", token("t", 300));

        anonymous().mountBlob(BLOB, new RepositoryName(registry.name(), "base"));

        assertThat(registry.requests())
                .contains("GET /token?service=reg&scope=repository%3Aapp%3Apull%2Cpush&scope=repository%3Abase%3Apull");
    }

    @Test
    void renewsATokenWhenNineTenthsOfItsLifeAreOver() {
        registry.on("HEAD", PATH, unauthorized(), status(200));
        registry.on("GET", "/token", token("t1", 100), token("t2", 100));
        RegistryRepository repository = anonymous();
        repository.hasBlob(BLOB);

        time.advance(Duration.ofSeconds(89));
        repository.hasBlob(BLOB);
        assertThat(lastAuthorization()).contains("Bearer t1");

        time.advance(Duration.ofSeconds(1));
        repository.hasBlob(BLOB);
        assertThat(lastAuthorization()).contains("Bearer t2");
    }

    @Test
    void givesATokenOfUnknownLifeAMinute() {
        registry.on("HEAD", PATH, unauthorized(), status(200));
        registry.on("GET", "/token", body(200, "{\"access_token\":\"t1\"}"), body(200, "{\"token\":\"t2\"}"));
        RegistryRepository repository = anonymous();
        repository.hasBlob(BLOB);

        time.advance(Duration.ofSeconds(53));
        repository.hasBlob(BLOB);
        assertThat(lastAuthorization()).contains("Bearer t1");

        time.advance(Duration.ofSeconds(1));
        repository.hasBlob(BLOB);
        assertThat(lastAuthorization()).contains("Bearer t2");
    }

    @Test
    void fetchesANewTokenWhenOneIsRefusedEarly() {
        registry.on("HEAD", PATH, unauthorized(), status(200), unauthorized(), status(200));
        registry.on("GET", "/token", token("t1", 300), token("t2", 300));
        RegistryRepository repository = anonymous();
        repository.hasBlob(BLOB);

        assertThat(repository.hasBlob(BLOB)).isTrue();

        assertThat(lastAuthorization()).contains("Bearer t2");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void triesThreeNewTokensAtMostWithGrowingPauses(int status) {
        registry.on("HEAD", PATH, unauthorized(), status(status, "WWW-Authenticate", challenge()));
        registry.on("GET", "/token", token("t", 300));

        assertThatThrownBy(() -> anonymous().hasBlob(BLOB))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED))
                .hasMessageEndingWith(" (3 attempts: %d, %d, %d)".formatted(status, status, status));

        assertThat(tokenRequests()).isEqualTo(3);
        assertThat(time.pauses()).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(retries).extracting(Retry::number).containsExactly(2, 3);
        assertThat(retries)
                .allSatisfy(retry -> assertThat(retry.failure()).hasMessageContaining("answered " + status + " to"));
    }

    @Test
    void takesInsufficientScopeForFinalAndSaysWhatTheRegistrySaid() {
        registry.on(
                "PUT",
                "/v2/app/manifests/v1",
                unauthorized(),
                body(
                        403,
                        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"may not push to app\"}]}",
                        "WWW-Authenticate",
                        challenge() + ",error=\"insufficient_scope\""));
        registry.on("GET", "/token", token("t", 300));

        assertThatThrownBy(() -> anonymous().tag(MANIFEST, "v1"))
                .hasMessageContaining("answered 403 to PUT /v2/app/manifests/v1: DENIED: may not push to app");

        assertThat(tokenRequests()).isEqualTo(1);
    }

    @Test
    void sendsUserAndPasswordToTheTokenServer() {
        registry.on("HEAD", PATH, unauthorized(), status(200));
        registry.on("GET", "/token", token("t", 300));

        as(new Credential.Password("ada", new Secret("lovelace"))).hasBlob(BLOB);

        assertThat(registry.seen().get(1).authorization()).contains("Basic YWRhOmxvdmVsYWNl");
        assertThat(lastAuthorization()).contains("Bearer t");
    }

    @Test
    void exchangesAnIdentityTokenByPost() {
        registry.on("HEAD", PATH, unauthorized(), status(200));
        registry.on("POST", "/token", token("t", 300));

        as(new Credential.IdentityToken(new Secret("refresh"))).hasBlob(BLOB);

        assertThat(registry.requests().get(1)).isEqualTo("POST /token");
        assertThat(registry.seen().get(1).authorization()).isEmpty();
        assertThat(lastAuthorization()).contains("Bearer t");
    }

    @Test
    void sendsAGivenTokenAsItIs() {
        registry.on("HEAD", PATH, unauthorized(), status(200));

        as(new Credential.BearerToken(new Secret("given"))).hasBlob(BLOB);

        assertThat(lastAuthorization()).contains("Bearer given");
        assertThat(tokenRequests()).isZero();
    }

    @Test
    void speaksBasicWhereTheRegistryWantsIt() {
        registry.on("HEAD", PATH, status(401, "WWW-Authenticate", "Basic realm=\"r\""), status(200));
        RegistryRepository repository = as(new Credential.Password("ada", new Secret("lovelace")));

        repository.hasBlob(BLOB);
        repository.hasBlob(BLOB);

        assertThat(registry.requests()).hasSize(3);
        assertThat(lastAuthorization()).contains("Basic YWRhOmxvdmVsYWNl");
    }

    @Test
    void doesNotRepeatAPasswordThatWasRefused() {
        registry.on("HEAD", PATH, status(401, "WWW-Authenticate", "Basic realm=\"r\""));

        assertThatThrownBy(() ->
                        as(new Credential.Password("ada", new Secret("wrong"))).hasBlob(BLOB))
                .hasMessageContaining("answered 401")
                .hasMessageNotContaining("wrong");

        assertThat(registry.requests()).hasSize(2);
    }

    @Test
    void namesTheTokenServerThatRefuses() {
        registry.on("HEAD", PATH, unauthorized());
        registry.on("GET", "/token", body(401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"no\"}]}"));

        assertThatThrownBy(() ->
                        as(new Credential.Password("ada", new Secret("wrong"))).hasBlob(BLOB))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED))
                .hasMessage(registry.name() + " answered 401 to GET /token: UNAUTHORIZED: no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://auth.example.com/token", "ftp://127.0.0.1/token", "//x", "nonsense %"})
    void fetchesNoTokenFromARealmWithoutTls(String realm) {
        registry.on("HEAD", PATH, status(401, "WWW-Authenticate", "Bearer realm=\"" + realm + "\",service=\"reg\""));

        assertThatThrownBy(() -> anonymous().hasBlob(BLOB))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED))
                .hasMessageContaining(registry.name() + " wants tokens from '" + realm + "'");
    }

    @Test
    void carriesNoCredentialsToAHostThatIsNotTheRegistrys() throws IOException {
        try (ScriptedRegistry stranger = new ScriptedRegistry()) {
            String realm = "http://localhost:%d/token".formatted(stranger.port());
            registry.on("HEAD", PATH, status(401, "WWW-Authenticate", "Bearer realm=\"" + realm + "\""));

            assertThatThrownBy(() -> as(new Credential.Password("ada", new Secret("lovelace")))
                            .hasBlob(BLOB))
                    .hasMessageContaining("wants its credentials sent to localhost, which is not configured");

            assertThat(stranger.requests()).isEmpty();
        }
    }

    @Test
    void followsABlobToAnotherHostWithoutItsToken() throws IOException {
        try (ScriptedRegistry storage = new ScriptedRegistry()) {
            storage.on("GET", "/there", body(200, CONTENT));
            registry.on(
                    "GET",
                    PATH,
                    unauthorized(),
                    status(307, "Location", "http://localhost:%d/there?signature=x".formatted(storage.port())));
            registry.on("GET", "/token", token("t", 300));

            byte[] blob = anonymous().blob(Descriptor.of(MediaTypes.LAYER, CONTENT));

            assertThat(blob).isEqualTo(CONTENT);
            assertThat(storage.seen())
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.authorization()).isEmpty());
        }
    }

    @Test
    void takesTheChallengeThatItKnowsOfSeveral() {
        registry.on(
                "HEAD",
                PATH,
                status(401, "WWW-Authenticate", "Negotiate", "WWW-Authenticate", "Basic realm=x, " + challenge()),
                status(200));
        registry.on("GET", "/token", token("t", 300));

        assertThat(anonymous().hasBlob(BLOB)).isTrue();

        assertThat(lastAuthorization()).contains("Bearer t");
    }

    @Test
    void showsNoSecretInText() {
        Credential credential = new Credential.Password("ada", new Secret("lovelace"));

        assertThat(Stream.of(
                                credential,
                                new Credential.IdentityToken(new Secret("lovelace")),
                                new Credential.BearerToken(new Secret("lovelace")),
                                RegistryOptions.builder()
                                        .credentials(registry -> Optional.of(credential))
                                        .build())
                        .map(Object::toString))
                .noneMatch(text -> text.contains("lovelace"));
    }

    private RegistryRepository anonymous() {
        return with(Credentials.ANONYMOUS);
    }

    private RegistryRepository as(Credential credential) {
        return with(Credentials.of(Map.of(registry.name(), credential)));
    }

    private RegistryRepository with(Credentials credentials) {
        client.close();
        client = new RegistryClient(
                RegistryOptions.builder()
                        .credentials(credentials)
                        .retryObserver(retries::add)
                        .build(),
                time,
                time);
        return client.repository(new RepositoryName(registry.name(), "app"));
    }

    private String challenge() {
        return "Bearer realm=\"http://%s/token\",service=\"reg\",scope=\"repository:app:pull\""
                .formatted(registry.name());
    }

    private ScriptedRegistry.Step unauthorized() {
        return status(401, "WWW-Authenticate", challenge());
    }

    private static ScriptedRegistry.Step token(String value, int seconds) {
        return body(200, "{\"token\":\"%s\",\"expires_in\":%d}".formatted(value, seconds));
    }

    private long tokenRequests() {
        return registry.seen().stream()
                .filter(seen -> seen.target().startsWith("/token"))
                .count();
    }

    private Optional<String> lastAuthorization() {
        return registry.seen().getLast().authorization();
    }
}
