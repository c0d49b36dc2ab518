package dev.slipway.oci.registry.errors;

import dev.slipway.oci.StoreException;
import java.util.List;

/** A registry answered with an error. */
public final class RegistryException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final List<String> codes;

    RegistryException(Kind kind, String registry, String message, int status, List<String> codes) {
        super(kind, registry, message, null);
        this.status = status;
        this.codes = codes;
    }

    @Override
    public RegistryException having(String tried) {
        RegistryException more = new RegistryException(kind(), location(), getMessage() + tried, status, codes);
        more.setStackTrace(getStackTrace());
        return more;
    }

    /** HTTP's status code. */
    public int status() {
        return status;
    }

    /** The codes of the error body (distribution-spec 1.1, "Error Codes"); empty when it has none. */
    public List<String> codes() {
        return codes;
    }
}
