package dev.slipway.cli.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a process whether it is ready. */
public final class Probe {
    private static final int TIMEOUT_MILLIS = 2_000;

    private Probe() {}

    public static boolean isReady(ProcessRecord process) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(process.readyUrl()).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
