package dev.slipway.build.queue;

/**
 * One platform of one build.
 *
 * @param platform normalised name, variant included
 */
public record BuildKey(String buildId, String platform) {

    @Override
    public String toString() {
        return buildId + "/" + platform;
    }
}
