package dev.slipway.local.spans;

/** What becomes of an export once it is kept here. */
interface Forwarding extends AutoCloseable {

    /** Returns at once. */
    void offer(Export export);

    @Override
    void close();

    static Forwarding none() {
        return new Forwarding() {
            @Override
            public void offer(Export export) {}

            @Override
            public void close() {}
        };
    }
}
