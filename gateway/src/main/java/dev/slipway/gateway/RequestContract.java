package dev.slipway.gateway;

import java.util.List;

/** What may be requested. */
public interface RequestContract {

    /** Everything that is wrong with a request; empty where it may be sent. */
    List<Violation> violations(RequestDocument request);
}
