package dev.slipway.oci.registry.wire;

import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A TLS context that costs nothing and makes no connections, for a client of plain HTTP. */
final class NoTls extends SSLContextSpi {
    private NoTls() {}

    static SSLContext context() {
        Provider provider = new Provider("NoTls", "1", "plain HTTP only") {
            private static final long serialVersionUID = 1L;
        };
        return new SSLContext(new NoTls(), provider, "none") {};
    }

    static SSLParameters parameters() {
        return new SSLParameters();
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
        throw plainOnly();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        throw plainOnly();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        throw plainOnly();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        throw plainOnly();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        throw plainOnly();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        throw plainOnly();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        throw plainOnly();
    }

    private static UnsupportedOperationException plainOnly() {
        return new UnsupportedOperationException("this client speaks plain HTTP only");
    }
}
