package dev.slipway.cli.progress;

import java.time.Duration;
import java.time.Instant;

/**
 * A stage of a build, or a platform of one, as a line.
 *
 * @param detail what there is to say about it beyond its state; may be empty
 */
public record Row(String name, State state, String detail) {

    /** How far it is. */
    public sealed interface State {
        record Waiting() implements State {}

        record Running(Instant since) implements State {}

        record Done(Duration took) implements State {}

        record Failed() implements State {}

        /** Nothing failed, and people should know of it. */
        record Warned() implements State {}
    }

    public static Row waiting(String name) {
        return new Row(name, new State.Waiting(), "");
    }
}
