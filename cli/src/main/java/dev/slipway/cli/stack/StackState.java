package dev.slipway.cli.stack;

import dev.slipway.cli.process.ProcessRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is on record about a stack: its options, and its processes in the order in which they were started. */
public record StackState(StackOptions options, List<ProcessRecord> processes) {
    public StackState {
        processes = List.copyOf(processes);
    }

    Optional<ProcessRecord> process(String name) {
        return processes.stream().filter(process -> process.name().equals(name)).findFirst();
    }

    /** With a process added, or put in the place of the one of its name. */
    StackState with(ProcessRecord started) {
        List<ProcessRecord> changed = new ArrayList<>(processes);
        changed.removeIf(process -> process.name().equals(started.name()));
        changed.add(started);
        return new StackState(options, changed);
    }

    public boolean anyRunning() {
        return processes.stream().anyMatch(process -> process.running().isPresent());
    }
}
