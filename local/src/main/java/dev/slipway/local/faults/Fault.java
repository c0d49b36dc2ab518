package dev.slipway.local.faults;

import java.io.IOException;

/** What goes wrong with an exchange. It answers, breaks off, or lets the exchange {@link Exchange#proceed proceed}. */
@FunctionalInterface
public interface Fault {
    void happen(Exchange exchange) throws IOException;
}
