package dev.slipway.build.embedded.copy;

/** Whose a file is, in numbers. */
public record Owner(int uid, int gid) {
    public static final Owner ROOT = new Owner(0, 0);
}
