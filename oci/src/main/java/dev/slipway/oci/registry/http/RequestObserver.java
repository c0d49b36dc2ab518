package dev.slipway.oci.registry.http;

/** Told of what is sent and received, so that somebody can count. Called by the thread that made the request. */
public interface RequestObserver {

    RequestObserver NONE = new RequestObserver() {};

    /** A request was answered; each attempt counts. */
    default void answered(String method, int status) {}

    /** So many bytes of content were sent, whether accepted or not. */
    default void sent(long bytes) {}

    /** So many bytes of content were received. */
    default void received(long bytes) {}

    /** The registry took a blob over from another of its repositories. */
    default void mounted() {}

    /** Tells another one too. */
    default RequestObserver and(RequestObserver other) {
        RequestObserver first = this;
        return new RequestObserver() {
            @Override
            public void answered(String method, int status) {
                first.answered(method, status);
                other.answered(method, status);
            }

            @Override
            public void sent(long bytes) {
                first.sent(bytes);
                other.sent(bytes);
            }

            @Override
            public void received(long bytes) {
                first.received(bytes);
                other.received(bytes);
            }

            @Override
            public void mounted() {
                first.mounted();
                other.mounted();
            }
        };
    }
}
