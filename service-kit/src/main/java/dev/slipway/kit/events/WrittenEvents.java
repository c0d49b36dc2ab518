package dev.slipway.kit.events;

import dev.slipway.events.Fact;

/** Told of what is written for Kafka; again where Kafka did not acknowledge and the same is written once more. */
public interface WrittenEvents {

    WrittenEvents NOBODY = new WrittenEvents() {};

    default void fact(Fact fact) {}

    /** A record that lay on a topic is to be a dead letter. */
    default void deadLetter(String topic) {}

    /** A dead letter was sent again. */
    default void replayed() {}
}
