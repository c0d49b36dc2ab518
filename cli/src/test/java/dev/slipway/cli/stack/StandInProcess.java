package dev.slipway.cli.stack;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Stands in for every program of a stack: listens where the real one would answer for its health, and says that it is ready.
 * Ends at once where an option tells it to.
 */
final class StandInProcess {
    private StandInProcess() {}

    public static void main(String[] arguments) throws IOException {
        List<String> given = List.of(arguments);
        if (given.contains("-Dslipway.process=" + System.getenv("STAND_IN_FAILS"))) {
            System.out.println("the stand-in was told to fail");
            System.exit(1);
        }
        int port = given.stream()
                .filter(argument -> argument.startsWith("-Dquarkus.http.port="))
                .map(argument -> argument.substring(argument.indexOf('=') + 1))
                .findFirst()
                .map(Integer::parseInt)
                .orElseGet(() -> Integer.parseInt(given.get(given.indexOf("--spans-port") + 1)));
        if (System.getenv("COSIGN_PASSWORD") != null) {
            System.out.println("the stand-in was given the password");
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }
}
