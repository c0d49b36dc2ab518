package dev.slipway.gateway;

import java.net.InetAddress;

/** Whoever is on this machine may do everything, for one tenant; nobody else may do anything. */
public final class LoopbackAuthorisation implements Authorisation {
    private final String tenant;

    public LoopbackAuthorisation(String tenant) {
        this.tenant = tenant;
    }

    @Override
    public Decision decide(Caller caller, Action action) {
        return isLoopback(caller.address())
                ? new Decision.Allowed(tenant)
                : new Decision.Denied("%s is not this machine, and only this machine is let in".formatted(caller));
    }

    private static boolean isLoopback(String address) {
        try {
            return !address.isEmpty()
                    && InetAddress.ofLiteral(withoutScope(address)).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutScope(String address) {
        int scope = address.indexOf('%');
        return scope < 0 ? address : address.substring(0, scope);
    }
}
