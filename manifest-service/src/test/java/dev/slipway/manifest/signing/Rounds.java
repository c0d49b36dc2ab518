package dev.slipway.manifest.signing;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How long rounds take, and what they cost the processors: what a machine that does other work too does not change as much. */
final class Rounds {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final double[] millis;
    private double ours;
    private double registrys;

    Rounds(int count) {
        this.millis = new double[count];
    }

    /** Begins a round; those before zero are not counted. */
    Round start(int number) {
        return new Round(number, System.nanoTime(), SYSTEM.getProcessCpuTime(), children());
    }

    /** The processor time of every process that this one started: a registry that is not in this one. */
    private static Duration children() {
        return ProcessHandle.current()
                .children()
                .map(process -> process.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .reduce(Duration.ZERO, Duration::plus);
    }

    void print(String registry, String what, int requests) {
        Arrays.sort(millis);
        System.out.printf(
                "%s, ten platforms, %s: median %.1f ms, 90%% %.1f ms, %d requests; processor time %.1f ms here,"
                        + " %.1f ms in the registry%n",
                registry,
                what,
                millis[millis.length / 2],
                millis[millis.length * 9 / 10],
                requests,
                ours / millis.length,
                registrys / millis.length);
    }

    /** One that runs. */
    final class Round {
        private final int number;
        private final long start;
        private final long cpu;
        private final Duration childrensCpu;

        private Round(int number, long start, long cpu, Duration childrensCpu) {
            this.number = number;
            this.start = start;
            this.cpu = cpu;
            this.childrensCpu = childrensCpu;
        }

        void end() {
            if (number >= 0) {
                millis[number] = (System.nanoTime() - start) / 1e6;
                ours += (SYSTEM.getProcessCpuTime() - cpu) / 1e6;
                registrys += children().minus(childrensCpu).toNanos() / 1e6;
            }
        }
    }
}
