package dev.slipway.local;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * The process that {@code slipway up} starts: broker, registries and span store.
 *
 * <p>When all are ready it prints one line, {@code READY {"kafka", "registries", "spans"}}, and answers 200 to
 * {@code GET /health} on the port of the span store (503 before). SIGTERM ends it. Exit codes: 143 after SIGTERM, 1 for a
 * failure, 2 for wrong arguments, 3 where a port is taken.
 */
public final class LocalMain {
    private static final int FAILURE = 1;
    private static final int WRONG_ARGUMENTS = 2;
    private static final int PORT_TAKEN = 3;

    private LocalMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Logs.configure();
        int failure = run(List.of(arguments), System.out, System.err);
        if (failure != 0) {
            Runtime.getRuntime().halt(failure);
        }
        Thread.currentThread().join();
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) throws InterruptedException {
        try {
            LocalOptions options = LocalOptions.parse(arguments);
            DataDirectory data = DataDirectory.open(options.data());
            LocalStack stack = LocalStack.start(options);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack, data, err), "shutdown"));
            out.println("READY " + stack.endpoints().json());
            out.flush();
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + System.lineSeparator() + LocalOptions.USAGE);
            return WRONG_ARGUMENTS;
        } catch (PortTakenException e) {
            err.println(e.getMessage());
            return PORT_TAKEN;
        } catch (IOException | IllegalStateException e) {
            err.println(e.getMessage());
            return FAILURE;
        }
    }

    private static void stop(LocalStack stack, DataDirectory data, PrintStream err) {
        try (data) {
            stack.close();
        } catch (IOException e) {
            err.println(e.getMessage());
        }
    }
}
