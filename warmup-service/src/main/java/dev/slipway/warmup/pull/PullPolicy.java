package dev.slipway.warmup.pull;

/** Whether a kubelet asks the registry. There is no {@code Never} here: a pod must be able to start. */
public enum PullPolicy {
    ALWAYS("Always"),
    IF_NOT_PRESENT("IfNotPresent");

    private final String text;

    PullPolicy(String text) {
        this.text = text;
    }

    /** As the API has it. */
    public String text() {
        return text;
    }
}
