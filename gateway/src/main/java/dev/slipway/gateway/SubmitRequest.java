package dev.slipway.gateway;

import java.util.List;

/** Takes a request into the bus, or says everything that is wrong with it. */
public final class SubmitRequest {
    private final RequestContract contract;
    private final RequestBus bus;

    public SubmitRequest(RequestContract contract, RequestBus bus) {
        this.contract = contract;
        this.bus = bus;
    }

    /** How a request was answered. */
    public sealed interface Answer {
        /** It is on the bus. The same source and id give the same build id. */
        record Accepted(String buildId) implements Answer {}

        record Invalid(List<Violation> violations) implements Answer {
            public Invalid {
                violations = List.copyOf(violations);
            }
        }

        /** The bus is down; the same request may be sent again. */
        record Unavailable(String message) implements Answer {}

        record TooLarge(String message) implements Answer {}
    }

    public Answer submit(String tenant, RequestDocument request) {
        List<Violation> violations = contract.violations(request);
        if (!violations.isEmpty()) {
            return new Answer.Invalid(violations);
        }
        try {
            return new Answer.Accepted(bus.send(tenant, request));
        } catch (RequestRefusedException e) {
            String message = String.valueOf(e.getMessage());
            return switch (e.reason()) {
                case UNAVAILABLE -> new Answer.Unavailable(message);
                case TOO_LARGE -> new Answer.TooLarge(message);
            };
        }
    }
}
