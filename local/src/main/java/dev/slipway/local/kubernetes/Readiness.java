package dev.slipway.local.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whether a URL answers 200 right now. */
final class Readiness {
    private static final int LIMIT_MILLIS = 2_000;

    private Readiness() {}

    static boolean of(String url) {
        try {
            return isOk((HttpURLConnection) URI.create(url).toURL().openConnection());
        } catch (IOException e) {
            return false;
        }
    }

    /** Over TLS: the server writes its certificate when it starts, so that may not be there yet. */
    static boolean of(String url, Path certificate, String token) {
        try {
            HttpsURLConnection connection =
                    (HttpsURLConnection) URI.create(url).toURL().openConnection();
            connection.setSSLSocketFactory(trusting(certificate).getSocketFactory());
            connection.setRequestProperty("Authorization", "Bearer " + token);
            return isOk(connection);
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isOk(HttpURLConnection connection) throws IOException {
        connection.setConnectTimeout(LIMIT_MILLIS);
        connection.setReadTimeout(LIMIT_MILLIS);
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    }

    private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("server-" + number++, certificate);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
