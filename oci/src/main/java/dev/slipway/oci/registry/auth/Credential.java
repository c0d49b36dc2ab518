package dev.slipway.oci.registry.auth;

/** What proves who we are to one registry. */
public sealed interface Credential {

    /** A user and password, for Basic authentication and for fetching tokens. */
    record Password(String user, Secret password) implements Credential {}

    /** An OAuth2 refresh token, Docker's {@code identitytoken}. */
    record IdentityToken(Secret token) implements Credential {}

    /** A token to be sent as it is, Docker's {@code registrytoken}. */
    record BearerToken(Secret token) implements Credential {}

    /** A user and password as Docker stores them, where the user {@code <token>} says that it is an identity token. */
    static Credential of(String user, String password) {
        Secret secret = new Secret(password);
        return user.equals("<token>") ? new IdentityToken(secret) : new Password(user, secret);
    }
}
