package dev.slipway.warmup.node;

/** A taint of a node. */
public record Taint(String key, String value, String effect) {

    /** Whether it keeps pods away that do not tolerate it. */
    public boolean repels() {
        return effect.equals("NoSchedule") || effect.equals("NoExecute");
    }

    @Override
    public String toString() {
        return key + (value.isEmpty() ? "" : "=" + value) + ":" + effect;
    }
}
