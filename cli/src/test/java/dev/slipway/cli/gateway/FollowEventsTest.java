package dev.slipway.cli.gateway;

import static dev.slipway.cli.gateway.ScriptedGateway.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.events.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowEventsTest {
    private final ScriptedGateway gateway = new ScriptedGateway();
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void goesOnAfterTheLastEventWhenTheStreamBreaks() {
        gateway.stream(event("1", EventType.BUILD_REQUESTED, "{}"), event("2", EventType.BUILD_PLANNED, "{}"));
        gateway.stream("id: 3\ndata: cut o");
        gateway.stream(event("3", EventType.IMAGE_ASSEMBLED, "{}"), event("4", EventType.IMAGE_PUBLISHED, "{}"));

        follow(Duration.ofSeconds(10), EventType.IMAGE_PUBLISHED);

        assertThat(heard).containsExactly("e1", "e2", "e3", "e4");
        assertThat(gateway.resumedAfter()).containsExactly(Optional.empty(), Optional.of("2"), Optional.of("2"));
    }

    @Test
    void endsWhereItsListenerHasHeardEnough() {
        gateway.stream(event("1", EventType.BUILD_PLANNED, "{}"), event("2", EventType.IMAGE_PUBLISHED, "{}"));

        follow(Duration.ofSeconds(10), EventType.BUILD_PLANNED);

        assertThat(heard).containsExactly("e1");
    }

    @Test
    void endsWithTheStreamUnlessItFollows() {
        gateway.stream(event("1", EventType.BUILD_PLANNED, "{}"));

        new FollowEvents(new Gateway(gateway.url()), Duration.ZERO).follow(Optional.empty(), false, this::hear);

        assertThat(heard).containsExactly("e1");
    }

    @Test
    void givesUpOnAGatewayThatStaysAway() {
        gateway.stream(event("1", EventType.BUILD_PLANNED, "{}"));

        assertThatThrownBy(() -> follow(Duration.ofMillis(100), EventType.IMAGE_PUBLISHED))
                .isInstanceOfSatisfying(
                        GatewayFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(GatewayFailure.Kind.UNAVAILABLE))
                .hasMessageContaining("503")
                .hasMessageContaining("no more streams");
    }

    @Test
    void givesUpAtOnceOnABuildThatIsNotThere() {
        gateway.answer("GET /v1/builds/x/events", 404, "{\"errors\":[{\"message\":\"no build x\"}]}");

        assertThatThrownBy(() -> new FollowEvents(new Gateway(gateway.url()), Duration.ofMinutes(1))
                        .follow(Optional.of("x"), true, this::hear))
                .isInstanceOf(GatewayFailure.class)
                .hasMessageContaining("no build x");
    }

    private void follow(Duration patience, EventType last) {
        new FollowEvents(new Gateway(gateway.url()), patience)
                .follow(Optional.of(ScriptedGateway.BUILD), true, event -> {
                    hear(event);
                    return event.type().filter(type -> type == last).isEmpty();
                });
    }

    private boolean hear(ReceivedEvent event) {
        heard.add(event.id());
        return true;
    }
}
