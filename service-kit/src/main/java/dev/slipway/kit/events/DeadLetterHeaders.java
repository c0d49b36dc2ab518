package dev.slipway.kit.events;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** What the records of the dead-letter topic say of themselves, beside the headers that they had before. */
public final class DeadLetterHeaders {
    /** What all of them begin with. */
    public static final String PREFIX = "dead-letter-";

    /** One sentence. */
    public static final String REASON = "dead-letter-reason";

    /** The class of what was thrown. */
    public static final String CAUSE = "dead-letter-cause";

    /** Where the record lay. */
    public static final String TOPIC = "dead-letter-topic";

    public static final String PARTITION = "dead-letter-partition";

    public static final String OFFSET = "dead-letter-offset";

    /** Who gave the record up, or sent it again. */
    public static final String SERVICE = "dead-letter-service";

    /** When that was. */
    public static final String TIME = "dead-letter-time";

    /** Where on the dead-letter topic the letter is that was sent again; only records have it that say so. */
    public static final String REPLAYED_PARTITION = "dead-letter-replayed-partition";

    public static final String REPLAYED_OFFSET = "dead-letter-replayed-offset";

    private DeadLetterHeaders() {}

    /** The last header of a name as text. */
    public static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
