package dev.slipway.cli.stack;

import dev.slipway.cli.process.ClassCaches;
import dev.slipway.cli.process.Installation;
import dev.slipway.cli.process.LogTail;
import dev.slipway.cli.process.Ports;
import dev.slipway.cli.process.Probe;
import dev.slipway.cli.process.ProcessRecord;
import dev.slipway.cli.process.ProcessSpec;
import dev.slipway.cli.process.ProcessStarter;
import dev.slipway.cli.report.CommandFailure;
import dev.slipway.cli.report.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A local stack in its home directory. */
public final class Stack {
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(40);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    /** Writing a cache of loaded classes takes a process some seconds, and they all do it at once. */
    private static final Duration TRAINING_STOP_LIMIT = Duration.ofMinutes(3);

    private final StackHome home;
    private final StackLayout layout;
    private final ProcessStarter starter;
    private final StackFile file;
    private final StackListener listener;
    private final Duration stopLimit;

    public Stack(Installation installation, StackHome home, ClassCaches caches, StackListener listener) {
        this.home = home;
        this.layout = new StackLayout(installation, home);
        this.starter = new ProcessStarter(installation, home.directory(), caches);
        this.file = new StackFile(home);
        this.listener = listener;
        this.stopLimit = caches == ClassCaches.TRAIN ? TRAINING_STOP_LIMIT : STOP_LIMIT;
    }

    /** How {@link #up} found the stack. */
    public enum Found {
        DOWN,
        PARTLY_RUNNING,
        RUNNING
    }

    public record Up(Found found, StackState state) {}

    /** Starts what does not run, and waits until everything is ready. */
    public Up up(StackOptions wanted) {
        try (StackLock lock = StackLock.take(home)) {
            Optional<StackState> recorded = file.read().filter(StackState::anyRunning);
            recorded.ifPresent(state -> requireSame(state.options(), wanted));
            StackState state = recorded.orElseGet(() -> new StackState(wanted, List.of()));
            List<ProcessSpec> missing = missing(state);
            missing.stream().flatMap(spec -> spec.ports().stream()).forEach(Stack::requireFree);
            for (ProcessSpec spec : missing) {
                listener.starting(spec.name());
                state = state.with(starter.start(spec));
                file.write(state);
            }
            awaitReady(state);
            return new Up(found(recorded, missing), state);
        }
    }

    /** Stops everything that is on record and still runs. Returns how many processes that were. */
    public int down() {
        try (StackLock lock = StackLock.take(home)) {
            Optional<StackState> recorded = file.read();
            if (recorded.isEmpty()) {
                return 0;
            }
            StackState state = recorded.get();
            List<ProcessRecord> services = new ArrayList<>(state.processes());
            services.removeIf(process -> process.name().equals(StackLayout.LOCAL));
            int stopped = stop(services);
            stopped += stop(state.process(StackLayout.LOCAL).stream().toList());
            file.delete();
            return stopped;
        }
    }

    private List<ProcessSpec> missing(StackState state) {
        List<ProcessSpec> missing = new ArrayList<>();
        List<Integer> free = new ArrayList<>(Ports.free(StackLayout.WORKERS.size()));
        for (String name : StackLayout.names()) {
            Optional<ProcessRecord> known = state.process(name);
            if (known.flatMap(ProcessRecord::running).isEmpty()) {
                int port = known.map(ProcessRecord::port).filter(Ports::isFree).orElseGet(() -> next(free));
                missing.add(layout.spec(name, state.options(), port));
            }
        }
        return missing;
    }

    private static int next(List<Integer> ports) {
        return ports.isEmpty() ? Ports.free(1).getFirst() : ports.removeFirst();
    }

    private static void requireFree(ProcessSpec.WantedPort port) {
        Ports.requireFree(port.number(), port.purpose(), port.option());
    }

    private void requireSame(StackOptions running, StackOptions wanted) {
        if (!running.equals(wanted)) {
            throw CommandFailure.usage(
                    "a stack with other options runs already in %s: %s, and wanted is %s. Run 'slipway down' first"
                            .formatted(home.directory(), running, wanted));
        }
    }

    private static Found found(Optional<StackState> recorded, List<ProcessSpec> missing) {
        if (recorded.isEmpty()) {
            return Found.DOWN;
        }
        return missing.isEmpty() ? Found.RUNNING : Found.PARTLY_RUNNING;
    }

    private void awaitReady(StackState state) {
        long began = System.nanoTime();
        Map<String, ProcessRecord> waiting = new LinkedHashMap<>();
        state.processes().forEach(process -> waiting.put(process.name(), process));
        while (!waiting.isEmpty()) {
            for (ProcessRecord process : List.copyOf(waiting.values())) {
                Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
                if (Probe.isReady(process)) {
                    waiting.remove(process.name());
                    listener.ready(process.name(), elapsed);
                } else if (process.running().isEmpty()) {
                    throw failed(process, "ended while it started");
                } else if (elapsed.compareTo(READY_LIMIT) > 0) {
                    throw failed(process, "is not ready after " + Units.text(elapsed));
                }
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private CommandFailure failed(ProcessRecord process, String how) {
        return CommandFailure.unavailable(
                "%s %s. The end of %s:%n%s%n'slipway up' tries again, 'slipway down' stops the rest"
                        .formatted(
                                process.name(), how, home.log(process.name()), LogTail.of(home.log(process.name()))));
    }

    private int stop(List<ProcessRecord> processes) {
        Map<ProcessRecord, ProcessHandle> stopping = new LinkedHashMap<>();
        for (ProcessRecord process : processes) {
            process.running().ifPresent(handle -> {
                handle.destroy();
                stopping.put(process, handle);
            });
        }
        long until = System.nanoTime() + stopLimit.toNanos();
        stopping.forEach((process, handle) -> {
            boolean ended = endsUntil(handle, until);
            if (!ended) {
                handle.destroyForcibly();
                handle.onExit().join();
            }
            listener.stopped(process.name(), !ended);
        });
        return stopping.size();
    }

    private static boolean endsUntil(ProcessHandle handle, long nanoTime) {
        while (handle.isAlive()) {
            if (System.nanoTime() - nanoTime > 0) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }
}
