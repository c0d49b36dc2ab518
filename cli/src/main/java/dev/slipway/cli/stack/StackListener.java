package dev.slipway.cli.stack;

import java.time.Duration;

/** Hears how a stack comes up and goes down. */
public interface StackListener {
    void starting(String process);

    void ready(String process, Duration after);

    void stopped(String process, boolean killed);
}
