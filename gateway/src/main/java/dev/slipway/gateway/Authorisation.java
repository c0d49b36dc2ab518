package dev.slipway.gateway;

import java.util.Optional;

/** Who may do what. Asked once for every call, before anything else happens. */
public interface Authorisation {

    Decision decide(Caller caller, Action action);

    /** What a call wants. */
    enum Action {
        /** Send a request event. */
        SUBMIT,
        /** See builds, events and traces. */
        READ,
        /** Write a build context. */
        STAGE,
        /** Report spans. */
        TRACE,
        /** Send a dead letter of whatever tenant again. */
        REPLAY
    }

    /**
     * Who calls.
     *
     * @param address of the peer, as numbers
     * @param credentials what the {@code Authorization} header holds
     */
    record Caller(String address, Optional<String> credentials) {
        @Override
        public String toString() {
            return address;
        }
    }

    /** What is answered. */
    sealed interface Decision {
        /**
         * It may.
         *
         * @param tenant for whom it acts
         */
        record Allowed(String tenant) implements Decision {}

        record Denied(String reason) implements Decision {}
    }
}
