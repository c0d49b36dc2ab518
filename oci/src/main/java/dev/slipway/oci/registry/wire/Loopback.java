package dev.slipway.oci.registry.wire;

import java.util.regex.Pattern;

/** This machine's own names: there is no network between, so that plain HTTP is right. */
public final class Loopback {
    private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");

    private Loopback() {}

    /**
     * Whether a host is this machine, by its name alone.
     *
     * @param host as {@link java.net.URI#getHost()} gives it: an IPv6 address stands in brackets
     */
    public static boolean is(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.equals("[::1]")
                || host.equals("::1")
                || IPV4.matcher(host).matches();
    }
}
