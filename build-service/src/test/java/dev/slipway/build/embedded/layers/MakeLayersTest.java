package dev.slipway.build.embedded.layers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.build.BuildException;
import dev.slipway.build.embedded.tree.Node;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Digest;
import dev.slipway.oci.contract.MemoryStore;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.layer.LayerOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MakeLayersTest {
    private static final LayerOptions OPTIONS = LayerOptions.DEFAULT;

    @TempDir
    private Path directory;

    private final MemoryStore staging = MemoryStore.alone();
    private final MakeLayers layers = new MakeLayers(staging);

    @Test
    void bringsALayerIntoStaging() {
        StagedLayer made = make(layers, files("a"), "build");

        assertThat(made.reused()).isFalse();
        assertThat(staging.bytes(made.descriptor().digest()))
                .hasSize((int) made.descriptor().size());
    }

    @Test
    void makesOneLayerForTwoWhoWantItAtTheSameTime() throws Exception {
        GatedContent content = new GatedContent();
        LayerFiles files = files("a", content);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<StagedLayer> maker = executor.submit(() -> make(layers, files, "build"));
            content.opened.await();
            CompletableFuture<StagedLayer> found = new CompletableFuture<>();
            Thread waiter = Thread.ofVirtual().start(() -> found.complete(make(layers, files, "build")));
            awaitParked(waiter);
            content.goOn.countDown();

            assertThat(maker.get().reused()).isFalse();
            assertThat(found.get().reused()).isTrue();
            assertThat(found.get().descriptor()).isEqualTo(maker.get().descriptor());
        }
        assertThat(staging.sent).containsOnlyOnce(staging.sent.getFirst());
        // once for the sample that tells how to compress, at most once more to write it, and once to send it
        assertThat(content.opens.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void doesNotFailTheWaiterWhereTheMakerFails() throws Exception {
        GatedContent content = new GatedContent();
        content.failsFirst = true;
        LayerFiles files = files("a", content);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<StagedLayer> maker = executor.submit(() -> make(layers, files, "build"));
            content.opened.await();
            CompletableFuture<StagedLayer> made = new CompletableFuture<>();
            Thread waiter = Thread.ofVirtual().start(() -> made.complete(make(layers, files, "build")));
            awaitParked(waiter);
            content.goOn.countDown();

            assertThatThrownBy(maker::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(BuildException.class, e -> {
                        assertThat(e.reason()).isEqualTo(BuildException.Reason.BUILD_STEP_FAILED);
                        assertThat(e.retryable()).isTrue();
                    })
                    .hasMessage("a layer cannot be written: disk on fire");
            assertThat(made.get().reused()).isFalse();
        }
    }

    @Test
    void isCancelledWhileItWaits() throws Exception {
        GatedContent content = new GatedContent();
        LayerFiles files = files("a", content);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<StagedLayer> maker = executor.submit(() -> make(layers, files, "build"));
            content.opened.await();
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread waiter = Thread.ofVirtual()
                    .start(() -> failure.complete(catchThrowable(() -> make(layers, files, "build"))));
            waiter.interrupt();

            assertThat(failure.get())
                    .isInstanceOfSatisfying(
                            BuildException.class,
                            e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.BUILD_CANCELLED));
            content.goOn.countDown();
            assertThat(maker.get().reused()).isFalse();
        }
    }

    @Test
    void findsALayerOfAnEarlierBuildByItsTag() {
        StagedLayer made = make(layers, files("a"), "first");

        StagedLayer found = make(new MakeLayers(staging), files("a"), "second");

        assertThat(found).isEqualTo(new StagedLayer(made.descriptor(), made.diffId(), true));
        assertThat(staging.tags()).singleElement().asString().matches("cache-[0-9a-f]{64}");
    }

    @Test
    void makesALayerAgainThatStagingHasLost() {
        StagedLayer made = make(layers, files("a"), "first");
        staging.forgetBlob(made.descriptor().digest());

        StagedLayer again = make(layers, files("a"), "second");

        assertThat(again.reused()).isFalse();
        assertThat(staging.hasBlob(again.descriptor().digest())).isTrue();
    }

    @Test
    void makesFreshLayersWhereThoseOfOthersDoNotCount() {
        make(layers, files("a"), "first");

        assertThat(layers.make(files("a"), OPTIONS, "second", true, directory).reused())
                .isFalse();
        // its own counts, for another platform of the same build
        assertThat(layers.make(files("a"), OPTIONS, "second", true, directory).reused())
                .isTrue();
    }

    @Test
    void tellsLayersApartByAllThatIsInThem() {
        Node file = node("a", 0644, 0, 0);
        Digest key = key(OPTIONS, Map.of("a", file));

        assertThat(key(OPTIONS, Map.of("a", node("a", 0644, 0, 0)))).isEqualTo(key);
        assertThat(key(OPTIONS.withTime(Instant.ofEpochSecond(1)), Map.of("a", file)))
                .isNotEqualTo(key);
        assertThat(key(OPTIONS, Map.of("b", file))).isNotEqualTo(key);
        assertThat(key(OPTIONS, Map.of("a", node("b", 0644, 0, 0)))).isNotEqualTo(key);
        assertThat(key(OPTIONS, Map.of("a", node("a", 0600, 0, 0)))).isNotEqualTo(key);
        assertThat(key(OPTIONS, Map.of("a", node("a", 0644, 1, 0)))).isNotEqualTo(key);
        assertThat(key(OPTIONS, Map.of("a", node("a", 0644, 0, 1)))).isNotEqualTo(key);
        assertThat(key(OPTIONS, Map.of("a", new Node.Directory(Attributes.of(0644)))))
                .isNotEqualTo(key);
        assertThat(key(OPTIONS, Map.of("a", new Node.SymbolicLink(Attributes.of(0644), "x"))))
                .isNotEqualTo(key(OPTIONS, Map.of("a", new Node.SymbolicLink(Attributes.of(0644), "y"))));
    }

    @Test
    void leavesOutNothingThatItCannotWrite() {
        LayerFiles files = new LayerFiles(Map.of("null", new Node.Special(Attributes.of(0666), "a device")));

        assertThatThrownBy(() -> make(layers, files, "build"))
                .hasMessage("'null' cannot be put into a layer: it is a device");
    }

    private StagedLayer make(MakeLayers maker, LayerFiles files, String build) {
        return maker.make(files, OPTIONS, build, false, directory);
    }

    private static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static Digest key(LayerOptions options, Map<String, Node> nodes) {
        return new LayerFiles(nodes).key(options);
    }

    private static LayerFiles files(String content) {
        return new LayerFiles(Map.of("file", node(content, 0644, 0, 0)));
    }

    private static Node node(String content, int mode, int uid, int gid) {
        byte[] bytes = content.getBytes(UTF_8);
        return new Node.RegularFile(
                new Attributes(mode, uid, gid), bytes.length, Digest.of(bytes), BlobSource.of(bytes));
    }

    private static LayerFiles files(String content, BlobSource source) {
        byte[] bytes = content.getBytes(UTF_8);
        return new LayerFiles(
                Map.of("file", new Node.RegularFile(Attributes.of(0644), bytes.length, Digest.of(bytes), source)));
    }

    /** Content that can first be read when the test says so. */
    private static final class GatedContent implements BlobSource {
        private final CountDownLatch opened = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final AtomicInteger opens = new AtomicInteger();
        private volatile boolean failsFirst;

        @Override
        public InputStream open() throws IOException {
            opened.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
            if (opens.getAndIncrement() == 0 && failsFirst) {
                throw new IOException("disk on fire");
            }
            return new ByteArrayInputStream("a".getBytes(UTF_8));
        }
    }
}
