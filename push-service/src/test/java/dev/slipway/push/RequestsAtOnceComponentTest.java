package dev.slipway.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.events.PublishEvent;
import dev.slipway.events.PublishEvent.ImagePublished;
import dev.slipway.events.PublishEvent.ImageSuperseded;
import dev.slipway.events.RequestEvent.CopyRequested;
import dev.slipway.events.TagStateEvent.TagMoved;
import dev.slipway.events.Topic;
import dev.slipway.events.model.TargetOutcome;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Reference;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryRepository;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Ten requests for the same tags on two registries, over a real broker. */
@QuarkusTest
@QuarkusTestResource(Peers.class)
class RequestsAtOnceComponentTest {
    private static final int REQUESTS = 10;

    private final String unique = UUID.randomUUID().toString();

    @Inject
    RegistryClient registries;

    /** One that asked for the tags. */
    private record Request(String buildId, Digest digest) {}

    @Test
    void haveOneOrderAndTheLastHasTheTagsEverywhere() {
        List<String> tags = List.of(
                "%s/team/%s:1".formatted(config(Peers.FIRST), unique),
                "%s/team/%s:1".formatted(config(Peers.SECOND), unique));
        RegistryRepository source = repository(config("slipway.staging"));
        List<TestImage> images = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            // the older ones take longer to be staged
            images.add(TestImage.in(source, unique + "-" + i, (REQUESTS - i) * 50_000));
        }

        try (Bus bus = new Bus(config("kafka.bootstrap.servers"), Topic.IMAGE_PUBLISHED, Topic.TAG_STATE)) {
            List<Request> requests = images.stream()
                    .map(image -> image.index().digest())
                    .map(digest -> new Request(
                            bus.ask(new CopyRequested(source.name() + "@" + digest, tags, List.of(), null)), digest))
                    .toList();

            Map<Request, PublishEvent> outcomes = new LinkedHashMap<>();
            requests.forEach(request -> outcomes.put(request, (PublishEvent)
                    bus.hearOne(Topic.IMAGE_PUBLISHED, request.buildId()).event()));

            Request last = requests.getLast();
            assertThat(outcomes.get(last)).isInstanceOf(ImagePublished.class);
            assertThat(tags).allSatisfy(tag -> assertThat(named(tag)).contains(last.digest()));
            tags.forEach(tag -> assertHistory(bus, tag, outcomes));
        }
    }

    /** Each that was published found the one before it; each that was not names one that was asked for later. */
    private static void assertHistory(Bus bus, String tag, Map<Request, PublishEvent> outcomes) {
        List<Request> requests = List.copyOf(outcomes.keySet());
        List<String> moves = new ArrayList<>();
        Optional<String> before = Optional.empty();
        for (Map.Entry<Request, PublishEvent> entry : outcomes.entrySet()) {
            Request request = entry.getKey();
            switch (entry.getValue()) {
                case ImagePublished published -> {
                    TargetOutcome target = published.targets().stream()
                            .filter(one -> one.reference().equals(tag))
                            .findFirst()
                            .orElseThrow();
                    assertThat(Optional.ofNullable(target.previousDigest())).isEqualTo(before);
                    before = Optional.of(request.digest().value());
                    moves.add(request.buildId());
                }
                case ImageSuperseded superseded ->
                    assertThat(requests.subList(requests.indexOf(request) + 1, requests.size()))
                            .extracting(Request::buildId)
                            .contains(superseded.supersededBy());
                default -> throw new AssertionError(entry);
            }
        }
        assertThat(bus.hear(Topic.TAG_STATE, tag, moves.size()))
                .extracting(record -> ((TagMoved) Bus.read(record).event()).buildId())
                .as("as tag.state tells it")
                .isEqualTo(moves);
    }

    private RegistryRepository repository(String reference) {
        return registries.repository(Reference.parse(reference).repository());
    }

    private Optional<Digest> named(String reference) {
        return repository(reference)
                .resolve(Reference.parse(reference).identifier())
                .map(Descriptor::digest);
    }

    private static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
