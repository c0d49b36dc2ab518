package dev.slipway.sbom.catalogue;

/** Where packages of a kind come from; the types of package URLs. */
public enum Ecosystem {
    DEB("deb", true),
    APK("apk", true),
    RPM("rpm", true),
    MAVEN("maven", false),
    NPM("npm", false),
    PYPI("pypi", false),
    GOLANG("golang", false),
    /** Known by a name only. */
    GENERIC("generic", false);

    private final String type;
    private final boolean ofSystem;

    Ecosystem(String type, boolean ofSystem) {
        this.type = type;
        this.ofSystem = ofSystem;
    }

    /** As package URLs have it. */
    public String type() {
        return type;
    }

    /** Whether a distribution makes its packages, so that one of the same name is another one elsewhere. */
    public boolean ofSystem() {
        return ofSystem;
    }
}
