package dev.slipway.gateway.builds;

import static dev.slipway.gateway.builds.Events.BUILD;
import static dev.slipway.gateway.builds.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.gateway.builds.BuildHistory.Found;
import dev.slipway.gateway.builds.EventCursor.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BuildHistoryTest {

    private static final String A = "progress";
    private static final String B = "published";

    private final BuildHistory history = new BuildHistory(3, 1_000_000);

    @Test
    void keepsAnEventOnce() throws Exception {
        history.append(event(A, 0, null));
        history.append(event(A, 0, null));

        assertThat(offsets(LogPosition.START, Optional.empty())).containsExactly("progress 0");
    }

    @Test
    void resumesWithoutLossOrDouble() throws Exception {
        history.append(event(A, 0, null));
        history.append(event(B, 0, null));
        history.append(event(A, 1, null));
        LogPosition position = LogPosition.START
                .after(event(A, 0, null).at(), 0)
                .after(event(B, 0, null).at(), 0);

        assertThat(offsets(position, Optional.empty())).containsExactly("progress 1");
    }

    /** A restarted gateway may read partitions in another order. */
    @Test
    void resumesWhereTheOrderOfPartitionsDiffers() throws Exception {
        history.append(event(B, 0, null));
        history.append(event(B, 1, null));
        history.append(event(A, 0, null));
        history.append(event(A, 1, null));
        LogPosition position = LogPosition.START.after(event(A, 0, null).at(), 0);

        assertThat(offsets(position, Optional.empty())).containsExactly("published 0", "published 1", "progress 1");
    }

    @Test
    void followerOfAnUnknownBuildGetsItsFirstEvent() throws Exception {
        try (EventCursor cursor = history.follow(BUILD, LogPosition.START, Optional.empty())) {
            CompletableFuture<Step> next = CompletableFuture.supplyAsync(() -> next(cursor));

            history.append(event(A, 0, null));

            assertThat(next.get(5, TimeUnit.SECONDS)).isInstanceOf(Step.Event.class);
        }
    }

    @Test
    void aBuildThatNobodyKnowsOrFollowsIsForgotten() {
        EventCursor cursor = history.follow(BUILD, LogPosition.START, Optional.empty());
        assertThat(history.find(BUILD)).isEqualTo(new Found.None());

        cursor.close();

        assertThat(history.states()).isEmpty();
    }

    @Test
    void stopEndsTheReading() throws Exception {
        try (EventCursor cursor = history.follow(BUILD, LogPosition.START, Optional.empty())) {
            CompletableFuture<Step> next = CompletableFuture.supplyAsync(() -> next(cursor));

            cursor.stop();

            assertThat(next.get(5, TimeUnit.SECONDS)).isEqualTo(new Step.Ended());
        }
    }

    @Test
    void endsWithTheEventThatWasWaitedFor() throws Exception {
        history.append(event(A, 0, null));
        history.append(event(A, 1, new BuildChange.Assembled("sha256:a")));
        history.append(event(B, 0, new BuildChange.Published("sha256:a", List.of())));
        history.append(event(B, 1, null));

        assertThat(offsets(LogPosition.START, Optional.of(Until.ASSEMBLED)))
                .containsExactly("progress 0", "progress 1", "END");
        assertThat(offsets(LogPosition.START, Optional.of(Until.PUBLISHED)))
                .containsExactly("progress 0", "progress 1", "published 0", "END");
        assertThat(offsets(LogPosition.START, Optional.of(Until.WARMED))).doesNotContain("END");
    }

    @Test
    void endsAtOnceWhereTheEndWasDelivered() throws Exception {
        history.append(event(B, 0, new BuildChange.Published("sha256:a", List.of())));
        history.append(event(B, 1, null));
        LogPosition behind = LogPosition.START.after(event(B, 0, null).at(), 0);

        assertThat(offsets(behind, Optional.of(Until.PUBLISHED))).containsExactly("END");
    }

    @Test
    void forgetsTheBuildThatWasQuietLongest() {
        for (String id : List.of("a", "b", "c")) {
            history.append(event(id.repeat(32), id, 0, null));
        }
        history.append(event("a".repeat(32), "a", 1, null));

        history.append(event("d".repeat(32), "d", 0, null));

        assertThat(history.states())
                .extracting(BuildState::buildId)
                .containsExactlyInAnyOrder("a".repeat(32), "c".repeat(32), "d".repeat(32));
    }

    @Test
    void forgetsWhatIsOverTheSize() {
        BuildHistory small = new BuildHistory(100, 30);
        for (String id : List.of("a", "b", "c", "d")) {
            small.append(event(id.repeat(32), id, 0, null));
        }

        assertThat(small.states())
                .extracting(BuildState::buildId)
                .contains("d".repeat(32))
                .hasSize(2);
    }

    @Test
    void endsFollowersOfAForgottenBuild() throws Exception {
        history.append(event(A, 0, null));
        try (EventCursor cursor = history.follow(BUILD, LogPosition.START, Optional.empty())) {
            assertThat(cursor.next(Duration.ZERO)).isInstanceOf(Step.Event.class);

            for (String id : List.of("a", "b", "c")) {
                history.append(event(id.repeat(32), id, 0, null));
            }

            assertThat(cursor.next(Duration.ZERO)).isEqualTo(new Step.Ended());
        }
    }

    @Test
    void findsByUniqueBeginning() {
        history.append(event("abcd0" + "0".repeat(27), A, 0, null));
        history.append(event("abcd1" + "0".repeat(27), A, 1, null));

        assertThat(history.find("abcd0")).isEqualTo(new Found.One("abcd0" + "0".repeat(27)));
        assertThat(history.find("abcd"))
                .isInstanceOfSatisfying(
                        Found.Several.class,
                        several -> assertThat(several.buildIds()).hasSize(2));
        assertThat(history.find("ffff")).isEqualTo(new Found.None());
        assertThat(history.find("abc")).isEqualTo(new Found.Malformed());
        assertThat(history.find("ABCD0")).isEqualTo(new Found.Malformed());
        assertThat(history.find("a".repeat(33))).isEqualTo(new Found.Malformed());
    }

    @Test
    void listsTheLatestFirst() {
        history.append(event("a".repeat(32), A, 5, null));
        history.append(event("b".repeat(32), A, 3, null));
        history.append(event("c".repeat(32), A, 9, null));

        assertThat(history.states())
                .extracting(BuildState::buildId)
                .containsExactly("c".repeat(32), "a".repeat(32), "b".repeat(32));
    }

    private static Step next(EventCursor cursor) {
        try {
            return cursor.next(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> offsets(LogPosition from, Optional<Until> until) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        try (EventCursor cursor = history.follow(BUILD, from, until)) {
            while (true) {
                switch (cursor.next(Duration.ZERO)) {
                    case Step.Event step -> seen.add(step.event().id());
                    case Step.Quiet quiet -> {
                        return seen;
                    }
                    case Step.Ended ended -> {
                        seen.add("END");
                        return seen;
                    }
                }
            }
        }
    }
}
