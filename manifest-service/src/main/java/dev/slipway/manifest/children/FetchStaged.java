package dev.slipway.manifest.children;

import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what belongs to a child. What staging shows late is waited for; a staging that does not answer in time is
 * unavailable.
 */
final class FetchStaged {
    private final StagedImages staged;
    private final VerifyLimits limits;
    private final InstantSource clock;

    FetchStaged(StagedImages staged, VerifyLimits limits, InstantSource clock) {
        this.staged = staged;
        this.limits = limits;
        this.clock = clock;
    }

    /** The manifest that a descriptor names, with the media type and size that the descriptor says. */
    Manifest manifest(Child child, Descriptor said, String what) {
        Instant start = clock.instant();
        while (true) {
            Optional<Manifest> found =
                    inTime(child, what, ChildFault.Kind.MALFORMED, () -> staged.manifest(said.digest()));
            if (found.filter(manifest -> manifest.mediaType().equals(said.mediaType()))
                    .isPresent()) {
                return sized(child, said, what, found.get());
            }
            Duration patience = found.isEmpty() ? limits.resolve() : limits.mediaType();
            if (Duration.between(start, clock.instant()).compareTo(patience) >= 0) {
                throw unfit(child, said, what, found);
            }
            pause();
        }
    }

    /** Empty where it is not there. */
    Optional<byte[]> config(Child child, Descriptor config) {
        return inTime(child, "config", ChildFault.Kind.CONFIG, () -> staged.config(config));
    }

    private static Manifest sized(Child child, Descriptor said, String what, Manifest found) {
        long size = found.descriptor().size();
        if (size != said.size()) {
            String clause = "has %d bytes in its %s and was announced with %d".formatted(size, what, said.size());
            throw UnfitChildException.of(child, ChildFault.Kind.SIZE, clause);
        }
        return found;
    }

    private UnfitChildException unfit(Child child, Descriptor said, String what, Optional<Manifest> found) {
        return found.map(manifest -> UnfitChildException.of(
                        child,
                        ChildFault.Kind.MEDIA_TYPE,
                        "has the %s %s, which is a %s and was announced as %s"
                                .formatted(what, said.digest(), manifest.mediaType(), said.mediaType())))
                .orElseGet(() -> UnfitChildException.of(
                        child,
                        ChildFault.Kind.MISSING,
                        "lacks its %s: %s is not in %s".formatted(what, said.digest(), staged.location())));
    }

    private <T> T inTime(Child child, String what, ChildFault.Kind damaged, Supplier<T> fetch) {
        FutureTask<T> call = new FutureTask<>(fetch::get);
        Thread.ofVirtual().start(call);
        try {
            return call.get(limits.resolve().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            String message = "%s did not answer for the %s of %s within %s ms"
                    .formatted(
                            staged.location(),
                            what,
                            child.name(),
                            limits.resolve().toMillis());
            throw new StoreException(StoreException.Kind.UNAVAILABLE, staged.location(), message, e);
        } catch (ExecutionException e) {
            throw failure(child, what, damaged, e.getCause());
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while " + staged.location() + " was asked");
        }
    }

    private RuntimeException failure(Child child, String what, ChildFault.Kind damaged, @Nullable Throwable cause) {
        return switch (cause) {
            case StoreException e
            when e.kind() == StoreException.Kind.CORRUPT ->
                UnfitChildException.of(child, damaged, "has a damaged %s: %s".formatted(what, e.getMessage()));
            case RuntimeException e -> e;
            case null, default ->
                new IllegalStateException("fetching from %s failed".formatted(staged.location()), cause);
        };
    }

    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(limits.pause().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted in a pause");
        }
    }
}
