package dev.slipway.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServiceTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private HttpService server;

    @BeforeEach
    void start() throws IOException {
        server = HttpService.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), request -> switch (request.path()) {
                    case "/refused" -> Answer.of(403);
                    case "/broken" -> throw new IllegalStateException("broken");
                    default ->
                        Answer.json(200, "{\"n\":%d}".formatted(request.body().readAllBytes().length));
                });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Docker, skopeo and others try TLS first, and wait for what a server makes of that. */
    @Test
    void turnsTlsAwayAtOnce() throws IOException {
        byte[] clientHello = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xfc, 0x03, 0x03};

        assertThat(exchange(clientHello)).startsWith("HTTP/1.1 400");
    }

    @Test
    void answersAClientThatStillSendsWhatItRefuses() throws IOException {
        byte[] head = "PUT /refused HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3000000\r\n\r\n"
                .getBytes(UTF_8);
        byte[] request = new byte[head.length + 3_000_000];
        System.arraycopy(head, 0, request, 0, head.length);

        assertThat(exchange(request)).startsWith("HTTP/1.1 403");
    }

    @Test
    void takesChunkedBodies() throws IOException {
        String head = "PUT / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        String request = head + "5\r\nhello\r\n3\r\n, x\r\n0\r\n\r\n";

        assertThat(exchange(request.getBytes(UTF_8))).endsWith("{\"n\":8}");
    }

    @Test
    void keepsItsFailuresToItself() throws IOException {
        String answer = exchange("GET /broken HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(UTF_8));

        assertThat(answer).startsWith("HTTP/1.1 500").doesNotContain("broken");
    }

    @Test
    void refusesPathsThatHideWhatTheyMean() throws IOException {
        for (String path : new String[] {"/a/%2e%2e/b", "/a%2fb", "/a%00"}) {
            String answer = exchange("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                    .formatted(path)
                    .getBytes(UTF_8));

            assertThat(answer).as(path).startsWith("HTTP/1.1 400");
        }
    }

    /** Sends, and reads to the end of what comes back. */
    private String exchange(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout((int) SOON.toMillis());
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
