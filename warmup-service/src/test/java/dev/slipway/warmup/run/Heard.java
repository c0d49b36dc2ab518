package dev.slipway.warmup.run;

import dev.slipway.warmup.Progress;
import dev.slipway.warmup.WarmupListener;
import dev.slipway.warmup.WarmupOutcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was made known. */
final class Heard implements WarmupListener {
    final List<Integer> started = new CopyOnWriteArrayList<>();
    final List<Progress> waves = new CopyOnWriteArrayList<>();
    final List<WarmupOutcome> ended = new CopyOnWriteArrayList<>();

    @Override
    public void started(String cluster, int nodes) {
        started.add(nodes);
    }

    @Override
    public void progressed(String cluster, Progress progress) {
        waves.add(progress);
    }

    @Override
    public void ended(WarmupOutcome outcome) {
        ended.add(outcome);
    }
}
