package dev.slipway.cli.build;

import dev.slipway.cli.gateway.Gateway;
import dev.slipway.context.pack.ContextBlob;
import dev.slipway.context.pack.ContextPacker;
import dev.slipway.context.pack.PackRequest;
import dev.slipway.context.pack.PackedContext;
import dev.slipway.oci.Manifest;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Packs a directory and brings what staging lacks of it there, while the rest is still being hashed. */
final class SendContext {
    private static final int CONNECTIONS = 6;

    private final Gateway gateway;

    SendContext(Gateway gateway) {
        this.gateway = gateway;
    }

    SentContext send(PackRequest request) {
        Queue<Future<Long>> sends = new ConcurrentLinkedQueue<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS)) {
            try {
                PackedContext packed =
                        new ContextPacker().pack(request, blob -> sends.add(senders.submit(() -> send(blob))));
                Manifest manifest = packed.manifest();
                boolean known = senders.submit(() -> gateway.hasContext(manifest.digest()))
                        .get();
                long sent = 0;
                for (Future<Long> send : sends) {
                    sent += send.get();
                }
                if (!known) {
                    gateway.putContext(manifest);
                }
                return new SentContext(
                        manifest.descriptor(),
                        packed.dockerfile(),
                        packed.fileCount(),
                        packed.totalBytes(),
                        packed.packedBytes(),
                        sent);
            } catch (ExecutionException e) {
                throw asUnchecked(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the context was sent", e);
            } finally {
                senders.shutdownNow();
            }
        }
    }

    /** Returns how many bytes went over the wire. */
    private long send(ContextBlob blob) {
        if (gateway.hasContext(blob.descriptor().digest())) {
            return 0;
        }
        gateway.putContext(blob.descriptor(), blob.content());
        return blob.descriptor().size();
    }

    private static RuntimeException asUnchecked(ExecutionException thrown) {
        return switch (thrown.getCause()) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new IllegalStateException(thrown);
        };
    }
}
