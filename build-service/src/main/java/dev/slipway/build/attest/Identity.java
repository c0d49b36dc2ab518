package dev.slipway.build.attest;

/**
 * Who states it.
 *
 * @param builderId a URI; driver and mode are appended
 * @param version of Slipway
 */
public record Identity(String builderId, String version) {
    public Identity {
        builderId = builderId.endsWith("/") ? builderId.substring(0, builderId.length() - 1) : builderId;
    }

    String tool() {
        return "slipway-" + version;
    }
}
