package dev.slipway.push.moving;

import java.util.Optional;

/** What was recorded of each publish before its first tag moved. */
public interface Journal {

    /** The record of a build, whichever process wrote it. */
    Optional<Prepared> find(String buildId);

    /** Returns when the record cannot be lost any more. A build has one record; it is never replaced. */
    void write(Prepared prepared);
}
