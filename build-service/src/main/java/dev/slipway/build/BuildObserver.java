package dev.slipway.build;

import java.time.Duration;

/** Hears how a build goes on. Called from the building thread; must not block for long. */
public interface BuildObserver {

    BuildObserver NONE = new BuildObserver() {
        @Override
        public void stepDone(Step step, boolean reused, Duration took) {}

        @Override
        public void warning(String text) {}

        @Override
        public void output(String line) {}
    };

    /**
     * One instruction.
     *
     * @param number counts the instructions of the stages that are built, from 1
     * @param stage name or index of the stage
     * @param text the instruction as the Dockerfile has it, on one line
     */
    record Step(int number, int total, String stage, String text) {}

    /**
     * An instruction was carried out.
     *
     * @param reused true where its layer was found and not made
     */
    void stepDone(Step step, boolean reused, Duration took);

    void warning(String text);

    /** A line that a tool, or a program that it runs, has printed; no secret is in it. */
    void output(String line);
}
