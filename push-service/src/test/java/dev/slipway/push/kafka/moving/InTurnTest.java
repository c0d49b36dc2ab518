package dev.slipway.push.kafka.moving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class InTurnTest {
    private final Deque<Runnable> runnable = new ArrayDeque<>();
    private final InTurn turns = new InTurn(runnable::add);
    private final List<String> done = new ArrayList<>();

    private final List<CompletableFuture<Void>> handed = new ArrayList<>();

    private void hand(String work, String... keys) {
        handed.add(turns.run(List.of(keys), () -> done.add(work)));
    }

    private void runAll() {
        while (!runnable.isEmpty()) {
            runnable.remove().run();
        }
    }

    @Test
    void runsWorkWithoutACommonKeyAtOnce() {
        hand("one", "a");
        hand("two", "b");
        hand("none");

        assertThat(runnable).hasSize(3);
    }

    @Test
    void runsWorkWithACommonKeyInTheOrderItCame() {
        hand("one", "a", "b");
        hand("two", "b", "c");
        hand("three", "c");
        assertThat(runnable).hasSize(1);

        runAll();

        assertThat(done).containsExactly("one", "two", "three");
    }

    @Test
    void waitsForEveryOneBefore() {
        hand("one", "a");
        hand("two", "b");
        hand("both", "a", "b", "a");
        runnable.remove().run();
        assertThat(runnable).as("the second is not done").hasSize(1);

        runAll();

        assertThat(done).containsExactly("one", "two", "both");
    }

    @Test
    void runsNothingBehindAFailure() {
        handed.add(turns.run(List.of("a"), () -> {
            throw new IllegalStateException("for the test");
        }));
        hand("behind", "a");
        hand("beside", "b");

        runAll();

        assertThat(handed)
                .extracting(CompletableFuture::isCompletedExceptionally)
                .containsExactly(true, true, false);
        assertThat(done).containsExactly("beside");
    }
}
