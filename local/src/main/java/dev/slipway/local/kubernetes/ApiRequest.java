package dev.slipway.local.kubernetes;

/**
 * A request that an API server got.
 *
 * @param user as it knew who asked
 * @param verb {@code list}, {@code watch}, {@code create}
 * @param resource {@code pods}
 * @param uri path and query
 */
public record ApiRequest(String user, String verb, String resource, String uri) {}
