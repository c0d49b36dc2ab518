package dev.slipway.policy.input;

/**
 * A field of an object that rules see.
 *
 * @param optional whether it may be absent: {@code has(x.y)} tells
 */
public record Field(String name, Type type, boolean optional) {

    static Field always(String name, Type type) {
        return new Field(name, type, false);
    }

    static Field optional(String name, Type type) {
        return new Field(name, type, true);
    }
}
