package dev.slipway.warmup.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.warmup.cluster.Happening;
import dev.slipway.warmup.cluster.Happening.NodeGone;
import dev.slipway.warmup.cluster.Happening.NodeSeen;
import dev.slipway.warmup.node.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class InboxTest {
    private final Inbox inbox = new Inbox();

    private static NodeSeen seen(String name, long disk) {
        return new NodeSeen(new Node(name, "linux", "amd64", Map.of(), false, true, Set.of(), List.of(), "", "", disk));
    }

    @Test
    void keepsOfANodeTheLastThatWasSeen() throws InterruptedException {
        for (int i = 0; i < 10_000; i++) {
            inbox.add(seen("a", i));
            inbox.add(seen("b", i));
        }

        assertThat(inbox.size()).isEqualTo(2);
        assertThat(inbox.poll(Duration.ZERO)).isEqualTo(seen("a", 9_999));
        assertThat(inbox.poll(Duration.ZERO)).isEqualTo(seen("b", 9_999));
        assertThat(inbox.poll(Duration.ZERO)).isNull();
    }

    @Test
    void keepsTheOrderWhereANodeGoesAndComesBack() throws InterruptedException {
        List<Happening> happened =
                List.of(seen("a", 1), new NodeGone("a"), seen("a", 2), new NodeGone("a"), seen("a", 3));

        happened.forEach(inbox::add);

        for (Happening one : happened) {
            assertThat(inbox.poll(Duration.ZERO)).isEqualTo(one);
        }
        assertThat(inbox.poll(Duration.ZERO)).isNull();
    }

    @Test
    void tellsAgainOfANodeThatChangesAfterItWasRead() throws InterruptedException {
        inbox.add(seen("a", 1));
        assertThat(inbox.poll(Duration.ZERO)).isEqualTo(seen("a", 1));

        inbox.add(seen("a", 2));

        assertThat(inbox.poll(Duration.ZERO)).isEqualTo(seen("a", 2));
    }
}
