package dev.slipway.gateway.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.events.EventIds;
import dev.slipway.events.Topic;
import dev.slipway.gateway.letters.DeadLetter;
import dev.slipway.gateway.letters.LetterContent;
import dev.slipway.gateway.letters.LetterContent.LetterHeader;
import dev.slipway.gateway.letters.LetterId;
import dev.slipway.kit.events.DeadLetterHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads the records of the dead-letter topic, which may hold anything. */
final class LetterRecords {
    /** So much of a value is shown. */
    static final int SHOWN_BYTES = 64 * 1024;

    private static final int SHOWN_OF_HEADER = 4 * 1024;
    private static final int SHOWN_HEADERS = 100;
    private static final int SHOWN_OF_REASON = 1000;

    private LetterRecords() {}

    /** The letter that a record says was sent again; empty for one that is a letter itself. */
    static Optional<LetterId> replayed(ConsumerRecord<String, byte[]> record) {
        String id = header(record, DeadLetterHeaders.REPLAYED_PARTITION) + "-"
                + header(record, DeadLetterHeaders.REPLAYED_OFFSET);
        return record.value() == null ? LetterId.parse(id) : Optional.empty();
    }

    /** When a letter was given up, or sent again. */
    static Instant at(ConsumerRecord<String, byte[]> record) {
        try {
            return Instant.parse(header(record, DeadLetterHeaders.TIME));
        } catch (DateTimeException e) {
            return Instant.ofEpochMilli(record.timestamp());
        }
    }

    static DeadLetter letter(ConsumerRecord<String, byte[]> record, List<Instant> replays) {
        return new DeadLetter(
                new LetterId(record.partition(), record.offset()),
                at(record),
                header(record, DeadLetterHeaders.TOPIC),
                header(record, DeadLetterHeaders.SERVICE),
                beginning(header(record, DeadLetterHeaders.REASON), SHOWN_OF_REASON),
                header(record, "ce_type"),
                buildId(record),
                record.value() == null ? 0 : record.value().length,
                replays);
    }

    static DeadLetter with(DeadLetter letter, List<Instant> replays) {
        return new DeadLetter(
                letter.id(),
                letter.at(),
                letter.topic(),
                letter.service(),
                letter.reason(),
                letter.type(),
                letter.buildId(),
                letter.size(),
                replays);
    }

    static LetterContent content(ConsumerRecord<String, byte[]> record, DeadLetter letter) {
        List<LetterHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            if (headers.size() < SHOWN_HEADERS) {
                headers.add(new LetterHeader(header.key(), beginning(text(header.value()), SHOWN_OF_HEADER)));
            }
        }
        byte[] value = record.value() == null ? new byte[0] : record.value();
        boolean cut = value.length > SHOWN_BYTES;
        return utf8(value)
                .map(text -> new LetterContent(letter, headers, beginning(text, SHOWN_BYTES), false, cut))
                .orElseGet(() -> new LetterContent(
                        letter,
                        headers,
                        Base64.getEncoder().encodeToString(Arrays.copyOf(value, Math.min(value.length, SHOWN_BYTES))),
                        true,
                        cut));
    }

    /** The correlation id, or what makes a request a build. */
    private static String buildId(ConsumerRecord<String, byte[]> record) {
        String said = header(record, "ce_correlationid");
        String source = header(record, "ce_source");
        String id = header(record, "ce_id");
        boolean request = header(record, DeadLetterHeaders.TOPIC).startsWith(Topic.BUILD_REQUESTED.topicName());
        return said.isEmpty() && request && !source.isEmpty() && !id.isEmpty() ? EventIds.buildId(source, id) : said;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Headers headers = record.headers();
        return DeadLetterHeaders.text(headers, name).orElse("");
    }

    private static String text(byte @Nullable [] value) {
        return value == null ? "" : new String(value, UTF_8);
    }

    private static Optional<String> utf8(byte[] value) {
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** At most so many characters, and no half of one. */
    private static String beginning(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters;
        return text.substring(0, end);
    }
}
