package dev.slipway.build.plan;

import java.util.Optional;

/**
 * The plans of accepted builds, durable, each written once: so that a request that comes again is built from the same. What a
 * document says is the business of the contract.
 */
public interface PlanDocuments {

    Optional<byte[]> find(String buildId);

    void keep(String buildId, byte[] document);
}
