package dev.slipway.gateway;

/** Where requests go. */
public interface RequestBus {

    /**
     * Sends a request that keeps the contract, and returns when it cannot be lost any more.
     *
     * @return the build id: the same for the same source and id
     * @throws RequestRefusedException where the bus does not take it
     */
    String send(String tenant, RequestDocument request);
}
