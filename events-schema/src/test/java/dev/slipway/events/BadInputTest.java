package dev.slipway.events;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.events.model.Descriptor;
import dev.slipway.events.model.Source;
import org.junit.jupiter.api.Test;

/** Values refuse what they cannot be, and say what it was. */
class BadInputTest {

    private static final String DIGEST = "sha256:" + "0".repeat(64);

    @Test
    void descriptorQuotesABadDigest() {
        assertThatThrownBy(() -> Descriptor.of("application/json", "sha256:ABC", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a digest: 'sha256:ABC'");
    }

    @Test
    void descriptorNamesTheDigestOfANegativeSize() {
        assertThatThrownBy(() -> Descriptor.of("application/json", DIGEST, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(DIGEST)
                .hasMessageContaining("-1");
    }

    @Test
    void archiveQuotesABadDigest() {
        assertThatThrownBy(() -> new Source.Archive("https://example.com/a.tar", "md5:1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'md5:1'");
    }

    @Test
    void topicQuotesWhatIsNoRequestTopic() {
        assertThatThrownBy(() -> Topic.tenantOf("slipway.image.published"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'slipway.image.published'");
    }

    @Test
    void requestNamesAMissingSource() {
        ObjectNode payload = Contract.golden(EventType.BUILD_REQUESTED).deepCopy();
        payload.remove("source");

        assertThatThrownBy(() -> Contract.read(EventType.BUILD_REQUESTED, payload))
                .hasMessageContaining("source is missing: one of git, archive, artifact");
    }

    @Test
    void requestRefusesTwoSources() {
        ObjectNode payload = Contract.golden(EventType.BUILD_REQUESTED).deepCopy();
        ((ObjectNode) payload.path("source"))
                .set("archive", Contract.JSON.createObjectNode().put("url", "u").put("digest", DIGEST));

        assertThatThrownBy(() -> Contract.read(EventType.BUILD_REQUESTED, payload))
                .hasMessageContaining("source");
    }

    @Test
    void unknownEnumValueIsQuoted() {
        ObjectNode payload = Contract.golden(EventType.BUILD_REQUESTED).deepCopy();
        payload.put("publishPolicy", "some");

        assertThatThrownBy(() -> Contract.read(EventType.BUILD_REQUESTED, payload))
                .hasMessageContaining("\"some\"")
                .hasMessageContaining("quorum");
    }
}
