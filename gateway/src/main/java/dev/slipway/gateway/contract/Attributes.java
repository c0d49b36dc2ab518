package dev.slipway.gateway.contract;

import dev.slipway.events.EventType;
import dev.slipway.gateway.RequestDocument;
import dev.slipway.gateway.Violation;
import dev.slipway.gateway.Violation.Code;
import dev.slipway.kit.events.TraceParent;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The attributes of a request (CloudEvents 1.0, "Context Attributes"), and what this contract adds: a time is required. */
final class Attributes {
    private static final int LONGEST = 1024;

    private final RequestDocument request;
    private final List<Violation> violations = new ArrayList<>();

    private Attributes(RequestDocument request) {
        this.request = request;
    }

    static List<Violation> violations(RequestDocument request) {
        Attributes attributes = new Attributes(request);
        attributes.check();
        return attributes.violations;
    }

    private void check() {
        for (String name : List.of("specversion", "id", "source", "type", "time")) {
            if (value(name).isEmpty()) {
                refuse(name, "'%s' is missing".formatted(name));
            }
        }
        request.attributes().forEach((name, value) -> {
            if (value.length() > LONGEST) {
                refuse(name, "'%s' has %d characters; at most %d are allowed".formatted(name, value.length(), LONGEST));
            }
        });
        if (!value("specversion").isEmpty() && !value("specversion").equals("1.0")) {
            refuse(
                    "specversion",
                    "'%s' is no version of CloudEvents that is read; 1.0 is".formatted(value("specversion")));
        }
        checkSource();
        checkTime();
        checkDataAttributes();
        if (!value("traceparent").isEmpty()
                && TraceParent.read(value("traceparent")).isEmpty()) {
            refuse("traceparent", "'%s' is no traceparent of W3C Trace Context".formatted(value("traceparent")));
        }
    }

    private void checkSource() {
        try {
            URI ignored = new URI(value("source"));
        } catch (URISyntaxException e) {
            refuse("source", "'%s' is no URI reference: %s".formatted(value("source"), e.getReason()));
        }
    }

    private void checkTime() {
        if (value("time").isEmpty()) {
            return;
        }
        try {
            OffsetDateTime.parse(value("time"));
        } catch (DateTimeParseException e) {
            refuse("time", "'%s' is no time by RFC 3339".formatted(value("time")));
        }
    }

    private void checkDataAttributes() {
        String contentType = value("datacontenttype").toLowerCase(Locale.ROOT);
        if (!contentType.isEmpty() && !contentType.split(";", 2)[0].strip().equals("application/json")) {
            refuse("datacontenttype", "'%s' is not read; application/json is".formatted(contentType));
        }
        EventType.ofType(value("type"))
                .filter(type ->
                        !value("dataschema").isEmpty() && !value("dataschema").equals(type.dataSchema()))
                .ifPresent(type -> refuse(
                        "dataschema",
                        "'%s' is not the schema of this type; %s is"
                                .formatted(value("dataschema"), type.dataSchema())));
    }

    private String value(String name) {
        return request.attribute(name);
    }

    private void refuse(String name, String message) {
        violations.add(new Violation(Code.ATTRIBUTE_INVALID, message, "/" + name));
    }
}
