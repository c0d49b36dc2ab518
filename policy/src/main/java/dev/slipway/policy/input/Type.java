package dev.slipway.policy.input;

/** The type of a value that rules see. */
public sealed interface Type {
    Type TEXT = new Scalar("string");
    Type NUMBER = new Scalar("int");
    Type TEXTS = new ListOf(TEXT);
    Type MAP = new MapOfText();
    Type ANY = new Anything();

    /** {@code string} or {@code int}. */
    record Scalar(String name) implements Type {}

    record ListOf(Type element) implements Type {}

    record MapOfText() implements Type {}

    /** One of {@link InputTypes}' objects. */
    record Struct(String name) implements Type {}

    /** JSON of somebody else's specification. */
    record Anything() implements Type {}
}
