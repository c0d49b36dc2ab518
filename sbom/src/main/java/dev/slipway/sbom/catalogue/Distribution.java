package dev.slipway.sbom.catalogue;

/**
 * The distribution of an image ({@code os-release(5)}).
 *
 * @param id {@code debian}, {@code alpine}
 * @param versionId {@code 12}; empty for rolling ones
 * @param prettyName for people
 */
public record Distribution(String id, String versionId, String prettyName) {

    /** As package URLs have it: {@code debian-12}. */
    public String distro() {
        return versionId.isEmpty() ? id : id + "-" + versionId;
    }
}
