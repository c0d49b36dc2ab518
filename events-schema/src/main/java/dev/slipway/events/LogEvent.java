package dev.slipway.events;

import java.util.List;

/** Topic {@code slipway.build.logs}, short retention, keyed by build id and platform. */
public sealed interface LogEvent extends Fact {

    /**
     * Type {@code dev.slipway.build.logged.v1}.
     *
     * @param sequence of the first line, counted from 0 within the attempt
     */
    record BuildLogged(String buildId, String platform, int attempt, long sequence, List<String> lines)
            implements LogEvent {
        public BuildLogged {
            lines = List.copyOf(lines);
        }

        @Override
        public String subject() {
            return buildId;
        }

        @Override
        public String partitionKey() {
            return buildId + "|" + platform;
        }

        @Override
        public List<String> identity() {
            return List.of(buildId, platform, Integer.toString(attempt), Long.toString(sequence));
        }
    }
}
