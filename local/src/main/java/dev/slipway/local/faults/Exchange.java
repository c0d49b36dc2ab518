package dev.slipway.local.faults;

import dev.slipway.local.faults.message.CountedStream;
import dev.slipway.local.faults.message.Head;
import dev.slipway.local.faults.message.MessageBody;
import dev.slipway.oci.Digest;
import dev.slipway.oci.MediaTypes;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** One request on its way to the registry behind, and the answer on its way back. */
public final class Exchange {
    private static final int BUFFER = 128 * 1024;
    private static final Duration RECORDED_WITHIN = Duration.ofSeconds(5);
    private static final String MANIFESTS = String.join(
            ", ",
            MediaTypes.IMAGE_INDEX,
            MediaTypes.IMAGE_MANIFEST,
            MediaTypes.DOCKER_MANIFEST_LIST,
            MediaTypes.DOCKER_MANIFEST,
            "*/*");

    private final FaultyRegistry registry;
    private final Head came;
    private Head request;
    private final Socket client;
    private final OutputStream toClient;
    private final CountedStream body;
    private InputStream content;
    private final List<UnaryOperator<InputStream>> sentThrough = new ArrayList<>();
    private final List<UnaryOperator<InputStream>> receivedThrough = new ArrayList<>();
    private final List<Fault> faults;
    private boolean awaitsContinue;
    private volatile Optional<Head> answered = Optional.empty();
    private volatile boolean closing;
    private final CountDownLatch ended = new CountDownLatch(1);

    Exchange(FaultyRegistry registry, Head request, Socket client, InputStream fromClient, OutputStream toClient) {
        this.registry = registry;
        this.came = request;
        this.request = request;
        this.client = client;
        this.toClient = toClient;
        this.body = new CountedStream(MessageBody.ofRequest(request, fromClient));
        this.content = body;
        this.awaitsContinue = request.header("Expect")
                .filter("100-continue"::equalsIgnoreCase)
                .isPresent();
        this.faults = new ArrayList<>(registry.faultsOf(this));
    }

    public String method() {
        return request.part(0);
    }

    /** Path and query as they came. */
    public String target() {
        return request.part(1);
    }

    public String path() {
        return target().split("\\?", 2)[0];
    }

    public Optional<String> header(String name) {
        return request.header(name);
    }

    Optional<String> parameter(String name) {
        String query = target().contains("?") ? target().split("\\?", 2)[1] : "";
        return List.of(query.split("&")).stream()
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst();
    }

    /** What comes after does not see a header of the request. */
    void hide(String header) {
        request = request.without(header);
    }

    /** The digest of the request's body, which is small: it is kept for what comes after. */
    String bodyDigest() throws IOException {
        allowBody();
        request = request.without("Expect");
        byte[] bytes = content.readAllBytes();
        content = new ByteArrayInputStream(bytes);
        return Digest.of(bytes).value();
    }

    /** The answer's status, once it was given. */
    public Optional<Integer> status() {
        return answered.map(Head::status);
    }

    /** A header of the answer, once it was given. */
    public Optional<String> answeredHeader(String name) {
        return answered.flatMap(head -> head.header(name));
    }

    /** Lets the next fault happen that concerns the request, or the registry act and answer where there is none. */
    public void proceed() throws IOException {
        if (!faults.isEmpty()) {
            faults.removeFirst().happen(this);
            return;
        }
        try (RegistryAnswer answer = act()) {
            give(answer);
        }
    }

    /** Waits so long; false where the faulty registry was closed meanwhile. */
    public boolean pause(Duration length) {
        return registry.pause(length);
    }

    /** Changes what the registry gets of the body. */
    void sendThrough(UnaryOperator<InputStream> filter) {
        sentThrough.add(filter);
    }

    /** Changes what the client gets of the answer's body. */
    void receiveThrough(UnaryOperator<InputStream> filter) {
        receivedThrough.add(filter);
    }

    /**
     * Answers by itself: the registry behind does not hear of the request.
     *
     * @param headers names and values in turn
     */
    public void answer(int status, String text, String... headers) throws IOException {
        Head head = new Head("HTTP/1.1 %d Injected".formatted(status), List.of());
        for (int i = 0; i < headers.length; i += 2) {
            head = head.with(headers[i], headers[i + 1]);
        }
        answer(head, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers by itself, as the registry did some time ago. */
    void answer(Head head, byte[] bytes) throws IOException {
        if (awaitsContinue) {
            closing = true;
        } else {
            content.transferTo(OutputStream.nullOutputStream());
        }
        write(head.without("Connection")
                .without("Transfer-Encoding")
                .with("Content-Length", Integer.toString(bytes.length)));
        if (!method().equals("HEAD")) {
            toClient.write(bytes);
        }
        toClient.flush();
    }

    /** Answers while the client is still sending, after some bytes of the body, and takes no more. */
    void interrupt(int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        closing = true;
        write(new Head("HTTP/1.1 %d Injected".formatted(status), List.of())
                .with("Content-Type", "application/json")
                .with("Content-Length", Integer.toString(bytes.length)));
        toClient.write(bytes);
        toClient.flush();
        client.shutdownOutput();
        content.transferTo(OutputStream.nullOutputStream());
    }

    /** Ends the client's connection at once, with a reset and without an answer. */
    public void reset() throws IOException {
        closing = true;
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        client.close();
    }

    /** The registry acts on the whole request. */
    RegistryAnswer act() throws IOException {
        Socket connection = registry.connect();
        OutputStream out = new BufferedOutputStream(connection.getOutputStream(), BUFFER);
        InputStream in = new BufferedInputStream(connection.getInputStream(), BUFFER);
        request.with("Connection", "close").write(out);
        if (awaitsContinue) {
            Head first = Head.read(in).orElseThrow(() -> new SocketException("the registry closed the connection"));
            if (first.status() != 100) {
                closing = true;
                return received(first, in, connection);
            }
            allowBody();
        }
        closing |= !sendBody(out);
        Head head = Head.read(in).orElseThrow(() -> new SocketException("the registry closed the connection"));
        return received(head, in, connection);
    }

    /** The registry gets some bytes of the body only, and then loses its connection. */
    void actOnPart(long bytes) throws IOException {
        allowBody();
        try (Socket connection = registry.connect()) {
            OutputStream out = new BufferedOutputStream(connection.getOutputStream(), BUFFER);
            request.with("Connection", "close").without("Expect").write(out);
            byte[] buffer = new byte[BUFFER];
            long left = bytes;
            for (int read; left > 0; left -= read) {
                read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    break;
                }
                out.write(buffer, 0, read);
            }
            out.flush();
            connection.shutdownOutput();
            // the registry has taken it all in when it closes
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Asks the registry behind for something of its own. */
    RegistryAnswer ask(String method, String target) throws IOException {
        Socket connection = registry.connect();
        Head head = new Head("%s %s HTTP/1.1".formatted(method, target), List.of())
                .with("Host", request.header("Host").orElse("localhost"))
                .with("Accept", MANIFESTS)
                .with("Connection", "close");
        for (Head.Field field : request.fields()) {
            if (field.name().equalsIgnoreCase("Authorization")) {
                head = head.with(field.name(), field.value());
            }
        }
        head.write(connection.getOutputStream());
        InputStream in = new BufferedInputStream(connection.getInputStream(), BUFFER);
        Head answer = Head.read(in).orElseThrow(() -> new SocketException("the registry closed the connection"));
        return new RegistryAnswer(answer, MessageBody.ofAnswer(answer, method.equals("HEAD"), in), connection);
    }

    /** Gives the client the registry's answer. */
    void give(RegistryAnswer answer) throws IOException {
        boolean toHead = method().equals("HEAD");
        boolean length = answer.head().contentLength().isPresent() || toHead;
        boolean chunked =
                !length && answer.head().status() != 204 && answer.head().status() != 304;
        Head head = answer.head().without("Connection").without("Transfer-Encoding");
        write(chunked ? head.with("Transfer-Encoding", "chunked") : head);
        InputStream received = answer.body();
        for (UnaryOperator<InputStream> filter : receivedThrough) {
            received = filter.apply(received);
        }
        byte[] buffer = new byte[BUFFER];
        try {
            for (int read = received.read(buffer); read >= 0; read = received.read(buffer)) {
                if (chunked) {
                    chunk(toClient, buffer, read);
                } else {
                    toClient.write(buffer, 0, read);
                }
            }
        } finally {
            toClient.flush();
        }
        if (chunked) {
            chunk(toClient, buffer, 0);
        }
        toClient.flush();
    }

    /** Whether the client's connection can carry another request. */
    boolean isOver() {
        return closing
                || request.header("Connection")
                        .filter("close"::equalsIgnoreCase)
                        .isPresent();
    }

    /** It was recorded. */
    void end() {
        ended.countDown();
    }

    /** Where the client may have its answer already, or was cut off, waits until that is recorded, for a time. */
    void awaitEndIfAnswered() {
        if (status().isEmpty() && !closing) {
            return;
        }
        try {
            ended.await(RECORDED_WITHIN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Seen seen(Instant at) {
        Map<String, String> headers = new LinkedHashMap<>();
        came.fields().forEach(field -> headers.putIfAbsent(field.name().toLowerCase(Locale.ROOT), field.value()));
        return new Seen(method(), target(), headers, at, body.count(), status());
    }

    private RegistryAnswer received(Head head, InputStream in, Socket connection) {
        return new RegistryAnswer(head, MessageBody.ofAnswer(head, method().equals("HEAD"), in), connection);
    }

    private void allowBody() throws IOException {
        if (awaitsContinue) {
            awaitsContinue = false;
            new Head("HTTP/1.1 100 Continue", List.of()).write(toClient);
        }
    }

    /** Whether the registry took it all; one that answers before the end may close. */
    private boolean sendBody(OutputStream out) throws IOException {
        InputStream sent = content;
        for (UnaryOperator<InputStream> filter : sentThrough) {
            sent = filter.apply(sent);
        }
        byte[] buffer = new byte[BUFFER];
        for (int read = sent.read(buffer); read >= 0; read = sent.read(buffer)) {
            if (!send(out, buffer, read)) {
                return false;
            }
        }
        return send(out, new byte[0], 0);
    }

    private boolean send(OutputStream out, byte[] buffer, int length) {
        try {
            if (request.isChunked()) {
                chunk(out, buffer, length);
            } else {
                out.write(buffer, 0, length);
            }
            out.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** One without content is the last. */
    private static void chunk(OutputStream out, byte[] buffer, int length) throws IOException {
        out.write("%x\r\n".formatted(length).getBytes(StandardCharsets.US_ASCII));
        out.write(buffer, 0, length);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private void write(Head head) throws IOException {
        answered = Optional.of(head);
        (closing ? head.with("Connection", "close") : head).write(toClient);
    }
}
