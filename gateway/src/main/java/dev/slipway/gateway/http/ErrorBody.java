package dev.slipway.gateway.http;

import dev.slipway.gateway.Violation;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** The body of every answer that says no. */
record ErrorBody(List<Item> errors) {

    /**
     * One thing that is wrong.
     *
     * @param code never renamed
     * @param message one sentence that says who, what and what was answered
     * @param pointer JSON pointer into the event, where the event is at fault
     */
    record Item(String code, String message, Optional<String> pointer) {}

    static Response response(int status, String code, String message) {
        return response(status, new ErrorBody(List.of(new Item(code, message, Optional.empty()))));
    }

    static Response response(int status, List<Violation> violations) {
        return response(
                status,
                new ErrorBody(violations.stream()
                        .map(violation -> new Item(
                                violation.code().name(), violation.message(), Optional.of(violation.pointer())))
                        .toList()));
    }

    private static Response response(int status, ErrorBody body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
