package dev.slipway.oci.layer;

/**
 * Permissions and owner of an entry.
 *
 * @param mode the lower twelve bits: permissions, setuid, setgid, sticky
 * @param uid numeric; layers have no owner names
 */
public record Attributes(int mode, int uid, int gid) {

    public Attributes {
        if ((mode & ~07777) != 0) {
            throw new IllegalArgumentException("not a file mode: %o".formatted(mode));
        }
        if (uid < 0 || gid < 0) {
            throw new IllegalArgumentException("owner is negative: %d:%d".formatted(uid, gid));
        }
    }

    /** Root's. */
    public static Attributes of(int mode) {
        return new Attributes(mode, 0, 0);
    }
}
