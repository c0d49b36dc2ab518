package dev.slipway.push.work;

/** Told of each step before it is done, so that somebody can watch. */
@FunctionalInterface
public interface Steps {
    Steps UNWATCHED = (name, target, work) -> work.run();

    /**
     * Does the step, and passes on what it throws.
     *
     * @param target the repositories or the reference that it is done to
     */
    void step(String name, String target, Runnable work);

    /**
     * Told, within a step, of a try that failed and is made again.
     *
     * @param number of the try that comes
     */
    default void again(int number, String why) {}
}
