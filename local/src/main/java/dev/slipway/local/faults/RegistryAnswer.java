package dev.slipway.local.faults;

import dev.slipway.local.faults.message.Head;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/**
 * What the registry behind answered. The request has had its effect there; the client knows nothing yet.
 *
 * @param body read as it comes
 */
record RegistryAnswer(Head head, InputStream body, Socket connection) implements AutoCloseable {

    RegistryAnswer with(Head other) {
        return new RegistryAnswer(other, body, connection);
    }

    RegistryAnswer with(InputStream other) {
        return new RegistryAnswer(head, other, connection);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
